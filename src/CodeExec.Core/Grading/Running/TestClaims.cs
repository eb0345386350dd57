using CodeExec.Core.Executions;

namespace CodeExec.Core.Grading.Running;

/// <summary>Who works on which tests: each is claimed by one lane at a time, in order. A lane that finds none left takes the later half of another's.</summary>
/// <param name="oneByOne">Each test has a container of its own.</param>
internal sealed class TestClaims(GradingState state, ResourceLimits limits, GradingOptions options, bool oneByOne)
{
    /// <summary>The next one may begin at any moment, so it stays where it is.</summary>
    private const int FewestToShare = 2;

    private readonly Lock _gate = new();
    private readonly List<TestClaim> _claims = [];

    /// <summary>Tests that nobody has begun.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return Unclaimed().Count() + _claims.Sum(claim => claim.Waiting);
            }
        }
    }

    /// <summary>What to work on next, until it is disposed; null when there is nothing that another lane could give away.</summary>
    /// <param name="share">Whether to take from others.</param>
    public TestClaim? Take(bool share)
    {
        lock (_gate)
        {
            List<GradedTest> tests = TestShard.Take(state.Suite, Unclaimed(), limits, options, oneByOne ? 1 : TestShard.Most);
            if (tests.Count == 0 && share && _claims.MaxBy(claim => claim.Waiting) is { Waiting: >= FewestToShare } longest)
            {
                tests = longest.GiveLaterHalf();
            }

            if (tests.Count == 0)
            {
                return null;
            }

            return Add(tests, waiting: tests);
        }
    }

    /// <summary>Those that a container was given by another host.</summary>
    public TestClaim Take(IReadOnlyCollection<string> ids)
    {
        lock (_gate)
        {
            IReadOnlyList<GradedTest> tests = state.Named(ids);
            return Add(tests, waiting: tests);
        }
    }

    /// <summary>Those of these that ran and whose outputs somebody still has to look at; null if there are none.</summary>
    public TestClaim? TakeToCheck(IEnumerable<GradedTest> ran)
    {
        lock (_gate)
        {
            List<GradedTest> tests = [.. ran.Where(test => !IsPointless(test))];
            return tests.Count == 0 ? null : Add(tests, waiting: []);
        }
    }

    /// <summary>A test has ended: whoever is at work on what became pointless by that has its work called off.</summary>
    public Task EndPointlessAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_claims.Select(claim => claim.EndIfPointlessAsync()).ToList());
        }
    }

    private TestClaim Add(IReadOnlyList<GradedTest> tests, IReadOnlyList<GradedTest> waiting)
    {
        TestClaim claim = new(tests, [.. waiting], _gate, IsPointless, LetGo);
        _claims.Add(claim);
        return claim;
    }

    private bool IsPointless(GradedTest test) => state.CanSkipAnyOf([test]);

    private IEnumerable<GradedTest> Unclaimed() => state.Left.Where(test => !_claims.Any(claim => claim.Holds(test)));

    private void LetGo(TestClaim claim)
    {
        lock (_gate)
        {
            _claims.Remove(claim);
        }
    }
}
