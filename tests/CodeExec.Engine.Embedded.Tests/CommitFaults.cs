using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded.Tests;

/// <summary>Fails the n-th commit, before or after it took effect, or all of them from the n-th on.</summary>
internal sealed class CommitFaults : ICommitFaults
{
    private int _commits;

    public int Commits => _commits;

    public int? FailBefore { get; set; }

    public int? FailAfter { get; set; }

    public bool FailAll { get; set; }

    /// <summary>How many commits were failed.</summary>
    public int Hits { get; private set; }

    public void BeforeCommit()
    {
        Interlocked.Increment(ref _commits);
        if (FailAll || _commits == FailBefore)
        {
            Fail();
        }
    }

    public void AfterCommit()
    {
        if (_commits == FailAfter)
        {
            Fail();
        }
    }

    private void Fail()
    {
        Hits++;
        throw new IOException($"commit {_commits} fails, as the test wants it");
    }
}
