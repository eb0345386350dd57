namespace CodeExec.Sqlite;

/// <summary>The database file is damaged. Nothing was changed; working on could make it worse.</summary>
public sealed class DatabaseDamagedException(string file, IReadOnlyList<string> findings) : Exception(Say(file, findings))
{
    public string File { get; } = file;

    public IReadOnlyList<string> Findings { get; } = findings;

    private static string Say(string file, IReadOnlyList<string> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        string more = findings.Count > 1 ? $" (and {findings.Count - 1} more)" : "";
        return $"The database '{file}' is damaged, most likely by a failing disk: {(findings.Count > 0 ? findings[0] : "it can not be read")}{more}. "
            + "Check the disk, then put the data folder back from a backup; or keep a copy of it and start with an empty folder. docs/storage.md says how.";
    }
}
