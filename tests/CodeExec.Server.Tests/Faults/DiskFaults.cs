using CodeExec.Sqlite;

namespace CodeExec.Server.Tests.Faults;

/// <summary>How a commit goes wrong.</summary>
public enum Fault
{
    /// <summary>It fails, and nothing of it is on the disk.</summary>
    Before,

    /// <summary>It is on the disk, but said to have failed.</summary>
    After,

    /// <summary>Nothing reaches the disk any more, as if the process had been killed before it.</summary>
    DeathBefore,

    /// <summary>It is the last that reaches the disk, and nobody is told.</summary>
    DeathAfter,
}

/// <summary>Lets the n-th commit from now on go wrong.</summary>
internal sealed class DiskFaults : ICommitFaults
{
    private readonly TaskCompletionSource _hit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _twoMore = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Fault? _fault;
    private int _wrong;
    private int _commits;

    public int Commits => Volatile.Read(ref _commits);

    /// <summary>Ends when the commit has gone wrong.</summary>
    public Task Hit => _hit.Task;

    /// <summary>Ends two commits later: one that asks whether the store is back, and one that mends.</summary>
    public Task Mended => _twoMore.Task;

    public void Arm(Fault fault, int nth)
    {
        _wrong = Commits + nth;
        _fault = fault;
    }

    public void BeforeCommit()
    {
        int number = Interlocked.Increment(ref _commits);
        if ((_fault is Fault.Before or Fault.DeathBefore && number == _wrong) || (_fault is Fault.DeathBefore or Fault.DeathAfter && number > _wrong))
        {
            Fail();
        }
    }

    public void AfterCommit()
    {
        if (_fault is Fault.After or Fault.DeathAfter && Commits == _wrong)
        {
            Fail();
        }
        if (_hit.Task.IsCompleted && Commits >= _wrong + 2)
        {
            _twoMore.TrySetResult();
        }
    }

    private void Fail()
    {
        _hit.TrySetResult();
        throw new IOException("the disk fails, as the test wants it");
    }
}
