namespace CodeExec.Runner.Workspaces;

/// <summary>What a failed program has left, as far as it tells why it failed.</summary>
internal interface IWorkspaceLooks
{
    bool IsFull();

    /// <summary>Whether a file has that many bytes, or more. Only while nothing runs.</summary>
    bool HasFileOf(long bytes);
}
