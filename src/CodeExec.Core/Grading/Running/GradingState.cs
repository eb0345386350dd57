using CodeExec.Core.Executions;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Grading.Running;

/// <summary>
/// What is known of the tests of one execution: each has one result, and is told of once. Tests may end in any order; they count in the order
/// of the suite, so that what is skipped after a failure does not depend on who was faster. For lanes that run side by side.
/// </summary>
internal sealed class GradingState(ExecutionId id, TestSuite suite, ILogWriter feed, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TestResult> _ended = new(StringComparer.Ordinal); // some of them ahead of their turn
    private readonly Dictionary<string, TestResult> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly TestOrder _order = new(suite);
    private readonly IReadOnlyList<GradedTest> _tests = TestOrder.Sort(suite);

    public ExecutionId Id { get; } = id;

    public TestSuite Suite { get; } = suite;

    public int Known => Locked(() => _known.Count);

    public bool IsComplete => Known == _tests.Count;

    /// <summary>Of all tests that have run, those too whose turn has not come.</summary>
    public IReadOnlyCollection<TestResult> Results => Locked(() => (TestResult[])[.. _ended.Values]);

    /// <summary>Tests that have to run, in order.</summary>
    public IReadOnlyList<GradedTest> Left => Locked(() => (GradedTest[])[.. _tests.Where(MustRun)]);

    /// <summary>An earlier life of this process knew these, and told of those.</summary>
    public void Remember(IReadOnlyList<TestResult> known, IEnumerable<string> told)
    {
        lock (_gate)
        {
            _told.UnionWith(told);
            foreach (TestResult result in known.Where(result => _tests.Any(test => test.Id == result.Id)))
            {
                _ended[result.Id] = result;
            }

            CountThoseInTurn();
        }
    }

    /// <summary>A test has ended. One that ran before it was known that another had failed stays skipped.</summary>
    public void Note(GradedTest test, TestResult result)
    {
        lock (_gate)
        {
            _ended.TryAdd(test.Id, result);
            CountThoseInTurn();
        }
    }

    /// <summary>Whether some of these need not run any more.</summary>
    public bool CanSkipAnyOf(IEnumerable<GradedTest> tests) => Locked(() => tests.Any(test => !_ended.ContainsKey(test.Id) && !MustRun(test)));

    /// <summary>Nothing runs any more: what has not ended by now ends so.</summary>
    public void EndAll(Verdict verdict, string message)
    {
        lock (_gate)
        {
            foreach (GradedTest test in _tests.Skip(_known.Count).ToList())
            {
                Count(test, _ended.TryGetValue(test.Id, out TestResult? ended) ? ended : TestRun.Without(test, verdict, message));
            }
        }
    }

    /// <summary>In the order of the suite.</summary>
    public IReadOnlyList<TestResult> InOrder() => Locked(() => (TestResult[])[.. Suite.Tests.Select(test => _known[test.Id])]);

    // What is pointless once stays so: a failure that counts is never taken back.
    private bool MustRun(GradedTest test) => !_ended.ContainsKey(test.Id) && !_known.ContainsKey(test.Id) && _order.ReasonToSkip(test) is null;

    private void CountThoseInTurn()
    {
        while (_known.Count < _tests.Count)
        {
            GradedTest next = _tests[_known.Count];
            if (_order.ReasonToSkip(next) is { } reason)
            {
                Count(next, TestRun.Without(next, Verdict.Skipped, reason));
            }
            else if (_ended.TryGetValue(next.Id, out TestResult? ended))
            {
                Count(next, ended);
            }
            else
            {
                return;
            }
        }
    }

    private void Count(GradedTest test, TestResult result)
    {
        _known.Add(test.Id, result);
        _order.Note(test, result.Verdict);
        if (_told.Add(test.Id))
        {
            feed.Append(new LogEntry
            {
                Sequence = 0, // given by the feed
                Timestamp = clock.GetUtcNow(),
                Level = LogLevel.Info,
                Source = LogSource.System,
                Step = ExecutionStepNames.Tests,
                Message = $"Test {test.Id}: {result.Verdict.Name()}",
                Event = FeedEvent.Progress,
                Test = new TestProgress(test.Id, result.Verdict, _told.Count, Suite.Tests.Count),
            });
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
