using CodeExec.Core.Executions;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Grading.Running;

/// <summary>What is known of the tests of one execution: each has one result, and is told of once.</summary>
internal sealed class GradingState(ExecutionId id, TestSuite suite, ILogWriter feed, TimeProvider clock)
{
    private readonly Dictionary<string, TestResult> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly TestOrder _order = new(suite);
    private readonly IReadOnlyList<GradedTest> _tests = TestOrder.Sort(suite);

    public ExecutionId Id { get; } = id;

    public TestSuite Suite { get; } = suite;

    public int Known => _known.Count;

    public IReadOnlyCollection<TestResult> Results => _known.Values;

    public IEnumerable<GradedTest> Left => _tests.Where(test => !_known.ContainsKey(test.Id));

    /// <summary>An earlier life of this process knew these, and told of those.</summary>
    public void Remember(IReadOnlyList<TestResult> known, IEnumerable<string> told)
    {
        _told.UnionWith(told);
        Dictionary<string, TestResult> byId = known.ToDictionary(result => result.Id, StringComparer.Ordinal);
        foreach (GradedTest test in _tests)
        {
            if (byId.TryGetValue(test.Id, out TestResult? result))
            {
                Note(test, result);
            }
        }
    }

    /// <summary>Tests by their ids.</summary>
    public IReadOnlyList<GradedTest> Named(IReadOnlyCollection<string> ids) => [.. _tests.Where(test => ids.Contains(test.Id))];

    public bool IsKnown(GradedTest test) => _known.ContainsKey(test.Id);

    /// <summary>The first word on a test stands: a job that is gone through again says the same once more.</summary>
    public void Note(GradedTest test, TestResult result)
    {
        if (!_known.TryAdd(test.Id, result))
        {
            return;
        }

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

    public string? ReasonToSkip(GradedTest test) => _order.ReasonToSkip(test);

    /// <summary>Whether some of these need not run any more.</summary>
    public bool CanSkipAnyOf(IEnumerable<GradedTest> tests) => tests.Any(test => !_known.ContainsKey(test.Id) && _order.ReasonToSkip(test) is not null);

    public void SkipWhatIsPointless()
    {
        foreach (GradedTest test in Left.ToList())
        {
            if (_order.ReasonToSkip(test) is { } reason)
            {
                Note(test, TestRun.Without(test, Verdict.Skipped, reason));
            }
        }
    }

    public void EndAll(Verdict verdict, string message)
    {
        foreach (GradedTest test in Left.ToList())
        {
            Note(test, TestRun.Without(test, verdict, message));
        }
    }

    /// <summary>In the order of the suite.</summary>
    public IReadOnlyList<TestResult> InOrder() => [.. Suite.Tests.Select(test => _known[test.Id])];
}
