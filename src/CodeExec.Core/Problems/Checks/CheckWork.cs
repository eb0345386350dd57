using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>What a step of a check works on.</summary>
/// <param name="Suite">The tests with all that was made so far.</param>
internal sealed record CheckWork(ProblemCheck Check, Problem Problem, AuthorKit Kit, TestSuite Suite);

/// <summary>What came of a step.</summary>
/// <param name="Suite">The tests with what it made; null: it made nothing.</param>
internal sealed record CheckStep(TestSuite? Suite, CheckReport Report)
{
    public static readonly CheckStep Nothing = new(null, new CheckReport());

    public static CheckStep Of(TestSuite suite, List<CheckFinding> findings) => new(suite, new CheckReport { Findings = findings });
}
