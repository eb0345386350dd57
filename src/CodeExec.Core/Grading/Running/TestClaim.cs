namespace CodeExec.Core.Grading.Running;

/// <summary>The tests that one lane works on, in order. Those that it has not begun may be given to another lane meanwhile.</summary>
internal sealed class TestClaim(List<GradedTest> tests, Lock gate, Action<TestClaim> letGo) : IDisposable
{
    private readonly List<GradedTest> _waiting = [.. tests];
    private readonly HashSet<string> _ids = [.. tests.Select(test => test.Id)];

    /// <summary>As they were claimed: this is what a container is given.</summary>
    public IReadOnlyList<GradedTest> Tests { get; } = tests;

    public int Waiting => _waiting.Count;

    public bool Holds(GradedTest test) => _ids.Contains(test.Id);

    /// <summary>Those that are still this lane's.</summary>
    public IReadOnlyList<GradedTest> Held()
    {
        lock (gate)
        {
            return [.. Tests.Where(Holds)];
        }
    }

    /// <summary>False: another lane has it by now.</summary>
    public bool TryBegin(GradedTest test)
    {
        lock (gate)
        {
            return _waiting.Remove(test) || Holds(test);
        }
    }

    /// <remarks>Under the gate.</remarks>
    public List<GradedTest> GiveLaterHalf()
    {
        int kept = (_waiting.Count + 1) / 2;
        List<GradedTest> given = _waiting[kept..];
        _waiting.RemoveRange(kept, given.Count);
        _ids.ExceptWith(given.Select(test => test.Id));
        return given;
    }

    /// <summary>What has not ended is anybody's again.</summary>
    public void Dispose() => letGo(this);
}
