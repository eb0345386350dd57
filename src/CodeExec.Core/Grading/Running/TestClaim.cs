namespace CodeExec.Core.Grading.Running;

/// <summary>The tests that one lane works on, in order. Those that it has not begun may be given to another lane meanwhile.</summary>
/// <param name="waiting">Those of them that it has yet to begin.</param>
/// <param name="isPointless">Whether a test that has not ended need not run any more.</param>
internal sealed class TestClaim(IReadOnlyList<GradedTest> tests, List<GradedTest> waiting, Lock gate, Func<GradedTest, bool> isPointless, Action<TestClaim> letGo) : IDisposable
{
    private readonly HashSet<string> _ids = [.. tests.Select(test => test.Id)];
    private readonly CancellationTokenSource _pointless = new();
    private GradedTest? _begun;

    /// <summary>As they were claimed: this is what a container is given.</summary>
    public IReadOnlyList<GradedTest> Tests { get; } = tests;

    public int Waiting => waiting.Count;

    /// <summary>Cancelled when a failure elsewhere has made pointless what the lane is at: the test that it has begun, or all of them while it has begun none.</summary>
    public CancellationToken Pointless => _pointless.Token;

    public bool Holds(GradedTest test) => _ids.Contains(test.Id);

    /// <summary>Those that are still this lane's.</summary>
    public IReadOnlyList<GradedTest> Held()
    {
        lock (gate)
        {
            return [.. Tests.Where(Holds)];
        }
    }

    /// <summary>False: another lane has it by now, or nobody needs to run it any more.</summary>
    public bool TryBegin(GradedTest test)
    {
        lock (gate)
        {
            bool mayBegin = !isPointless(test) && (waiting.Remove(test) || Holds(test));
            _begun = mayBegin ? test : _begun;
            return mayBegin;
        }
    }

    /// <remarks>Under the gate.</remarks>
    public List<GradedTest> GiveLaterHalf()
    {
        int kept = (waiting.Count + 1) / 2;
        List<GradedTest> given = waiting[kept..];
        waiting.RemoveRange(kept, given.Count);
        _ids.ExceptWith(given.Select(test => test.Id));
        return given;
    }

    /// <summary>Ends what the lane is at if that has become pointless.</summary>
    /// <remarks>Under the gate: whoever is called off learns of it on another thread.</remarks>
    public Task EndIfPointlessAsync()
        => (_begun is { } test ? isPointless(test) : Tests.Where(Holds).All(isPointless)) ? _pointless.CancelAsync() : Task.CompletedTask;

    /// <summary>What has not ended is anybody's again.</summary>
    public void Dispose()
    {
        letGo(this);
        _pointless.Dispose();
    }
}
