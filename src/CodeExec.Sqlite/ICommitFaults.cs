namespace CodeExec.Sqlite;

/// <summary>For tests of what stands on the store: an exception thrown here is what a failing disk would have done at that point.</summary>
public interface ICommitFaults
{
    /// <summary>The writes are made but not committed: throwing undoes them all.</summary>
    void BeforeCommit();

    /// <summary>The writes are durable, but nobody knows yet: throwing reports a failure that did not happen.</summary>
    void AfterCommit();
}
