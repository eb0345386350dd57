using CodeExec.Core.Languages;

namespace CodeExec.Containers.Cells;

/// <summary>What a cell must know of a language to be made. Answered from the language catalog.</summary>
public interface IToolchainPaths
{
    /// <summary>Host paths, beyond the system's, that its tools read.</summary>
    IEnumerable<string> For(string language);

    /// <summary>What its toolchain can make ahead; null for nothing.</summary>
    ToolchainPreparation? PreparationFor(string language);

    /// <summary>Of its toolchain on this machine: another one makes other things ahead.</summary>
    string? VersionOf(string language);

    /// <summary>The environment its programs start with.</summary>
    IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language);
}
