using System.Diagnostics.CodeAnalysis;

namespace CodeExec.Core.Languages.Detection;

/// <param name="ToolchainVersion">Null if the toolchain is missing.</param>
/// <param name="MissingHint">What helps where the toolchain is missing, if not installing it on this machine.</param>
public sealed record DetectedLanguage(Language Language, string? ToolchainVersion, string? MissingHint = null)
{
    [MemberNotNullWhen(true, nameof(ToolchainVersion))]
    public bool IsInstalled => ToolchainVersion is not null;

    /// <summary>The command that brings the toolchain.</summary>
    public string InstallHint => MissingHint ?? Language.Install.ToString();

    /// <summary>The versions that a submission can ask for, the default first.</summary>
    public IReadOnlyList<LanguageVersion> Versions
        => ToolchainVersion is null ? []
            : Language.Versions.Count > 0 ? Language.Versions.OrderByDescending(version => version.IsDefault).ToArray()
            : [new LanguageVersion(ToolchainVersion)];

    /// <inheritdoc cref="Language.FindVersion"/>
    public LanguageVersion? FindVersion(string? requested) => IsInstalled ? Language.FindVersion(requested, ToolchainVersion) : null;
}
