using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages;

/// <summary>What a toolchain can make once, ahead of all programs, so that it works faster on each: precompiled headers, a class-data archive.</summary>
/// <param name="Files">Laid into the folder that the commands start in.</param>
/// <param name="Commands">In order; what they leave in <see cref="Made"/> is kept. They see what every program sees and no more.</param>
public sealed record ToolchainPreparation(IReadOnlyList<SourceFile> Files, IReadOnlyList<IReadOnlyList<string>> Commands)
{
    public const string Made = "made";

    /// <summary>Where programs of a language find what was made for it: read-only, and the same in every container. Empty until it is made.</summary>
    public static string FolderOf(string language) => "/opt/codeexec/prepared/" + language;
}
