using System.Diagnostics.CodeAnalysis;

namespace CodeExec.Core.Languages.Detection;

/// <param name="ToolchainVersion">Null if the toolchain is missing.</param>
public sealed record DetectedLanguage(Language Language, string? ToolchainVersion)
{
    [MemberNotNullWhen(true, nameof(ToolchainVersion))]
    public bool IsInstalled => ToolchainVersion is not null;

    /// <summary>The command that installs the toolchain.</summary>
    public string InstallHint => Language.Install.ToString();

    /// <summary>The versions that a submission can ask for, the default first.</summary>
    public IReadOnlyList<LanguageVersion> Versions
        => ToolchainVersion is null ? []
            : Language.Versions.Count > 0 ? Language.Versions.OrderByDescending(version => version.IsDefault).ToArray()
            : [new LanguageVersion(ToolchainVersion)];

    /// <inheritdoc cref="Language.FindVersion"/>
    public LanguageVersion? FindVersion(string? requested) => IsInstalled ? Language.FindVersion(requested, ToolchainVersion) : null;
}
