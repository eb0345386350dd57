using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages;

/// <summary>A language as its file in <c>languages/</c> describes it. See docs/languages.md.</summary>
public sealed record Language
{
    public required string Id { get; init; }

    /// <summary>As people write it: "C++".</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Endings, with the dot, of the files that <c>{sources}</c> stands for.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    public required EntryRule Entry { get; init; }

    /// <summary>Empty: there is one version, the one that the toolchain reports.</summary>
    public IReadOnlyList<LanguageVersion> Versions { get; init; } = [];

    public required ToolchainDetection Detection { get; init; }

    public required ToolchainInstall Install { get; init; }

    /// <summary>Null for a language that needs no compiling.</summary>
    public LanguageCommand? Compile { get; init; }

    public required LanguageCommand Run { get; init; }

    /// <summary>Null for a language whose programs do not say why they died.</summary>
    public FailurePattern? Failure { get; init; }

    /// <summary>What a program gets unless its submission says otherwise.</summary>
    public required ResourceLimits Limits { get; init; }

    public required ResourceLimits CompileLimits { get; init; }

    /// <summary>Null for a language whose programs always start anew.</summary>
    public LanguageWarmUp? WarmUp { get; init; }

    /// <summary>For containers that come from an image.</summary>
    public required string Image { get; init; }

    /// <summary>What the toolchain reads outside of /usr, /lib*, /bin and /etc/alternatives. What a machine lacks is left out.</summary>
    public IReadOnlyList<string> ReadOnlyPaths { get; init; } = [];

    /// <summary>Null for a toolchain that has nothing to make ahead.</summary>
    public ToolchainPreparation? Preparation { get; init; }

    /// <summary>Laid beside the program, unless it brings a file of the same path.</summary>
    public IReadOnlyList<SourceFile> SupportFiles { get; init; } = [];

    public bool HasExtension(string path) => Extensions.Any(extension => path.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>The version that a request means: by id, alias, or the first parts of the toolchain's version ("3" and "3.11" mean 3.11.2).</summary>
    /// <param name="requested">Null, "*" or "latest" means the default.</param>
    /// <returns>Null if the language has no such version.</returns>
    public LanguageVersion? FindVersion(string? requested, string toolchainVersion)
    {
        LanguageVersion standard = Versions.FirstOrDefault(version => version.IsDefault) ?? new LanguageVersion(toolchainVersion);
        string wanted = requested?.Trim() ?? "";
        return wanted is "" or "*" || wanted.Equals("latest", StringComparison.OrdinalIgnoreCase)
            ? standard
            : Versions.FirstOrDefault(version => version.Answers(wanted))
                ?? (LanguageVersion.IsPrefix(wanted, toolchainVersion) ? standard : null);
    }
}
