namespace CodeExec.Sqlite;

/// <summary>The database file is damaged. Nothing was changed; working on could make it worse.</summary>
public sealed class DatabaseDamagedException(string file, IReadOnlyList<string> findings)
    : Exception($"The database '{file}' is damaged, most likely by a failing disk: {findings?.FirstOrDefault()}{(findings?.Count > 1 ? $" (and {findings.Count - 1} more)" : "")} "
        + "Check the disk, then put the data folder back from a backup; or keep a copy of it and start with an empty folder. docs/storage.md says how.")
{
    public string File { get; } = file;

    public IReadOnlyList<string> Findings { get; } = findings ?? [];
}
