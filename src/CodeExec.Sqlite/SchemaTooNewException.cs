namespace CodeExec.Sqlite;

/// <summary>The file was written by a later release, whose tables this one does not know.</summary>
public sealed class SchemaTooNewException(string owner, int found, int known)
    : Exception($"The tables of '{owner}' have version {found}; this release knows up to {known}. Use the release that wrote them, or a later one.")
{
    public string Owner { get; } = owner;

    public int Found { get; } = found;
}
