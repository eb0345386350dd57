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

            TestClaim claim = new(tests, _gate, LetGo);
            _claims.Add(claim);
            return claim;
        }
    }

    private IEnumerable<GradedTest> Unclaimed() => state.Left.Where(test => !_claims.Any(claim => claim.Holds(test)));

    private void LetGo(TestClaim claim)
    {
        lock (_gate)
        {
            _claims.Remove(claim);
        }
    }
}
