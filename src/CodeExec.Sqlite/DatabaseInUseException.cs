namespace CodeExec.Sqlite;

/// <summary>Another process works on the same data folder. Two would undo each other's work, so the second one does not start.</summary>
public sealed class DatabaseInUseException(string folder, int? processId)
    : Exception($"The data folder '{folder}' is in use by {(processId is { } pid ? $"process {pid}" : "another process")}. Stop it first, or give this one a folder of its own.")
{
    public string Folder { get; } = folder;

    public int? ProcessId { get; } = processId;
}
