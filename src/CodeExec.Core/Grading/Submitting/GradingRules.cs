using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages;
using CodeExec.Core.Problems;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>A submission that is to be graded: by tests of its own, or by a problem's.</summary>
internal static class GradingRules
{
    /// <param name="problem">The one that the submission names, if there is such a one.</param>
    /// <param name="suites">Checks the tests of the submission.</param>
    public static GradingSpec? Check(Submission submission, Problem? problem, Language? language, Func<SubmittedSuite, TestSuite> suites, Mistakes mistakes)
    {
        if (submission.Suite is null && submission.Problem is null)
        {
            Refuse(submission.TestIds is not null, "testIds", "There are no tests to choose from.", mistakes);
            Refuse(submission.Samples == true, "samples", "There are no tests to choose from.", mistakes);
            return null;
        }

        Refuse(submission.Stdin is not null, "stdin", "Each test has its own input.", mistakes);
        Refuse(submission.Args is { Count: > 0 }, "args", "Each test has its own arguments.", mistakes);
        Refuse(submission.Artifacts is { Count: > 0 }, "artifacts", "Files of graded work are not kept: each test begins with a clean workspace.", mistakes);
        GradingSpec? grading = submission.Problem is { } named ? OfProblem(submission, named, problem, language, mistakes) : new GradingSpec { Suite = suites(submission.Suite!) };
        TestSelection? selection = SelectionRules.Check(submission, grading?.Suite ?? problem?.Suite, mistakes);
        bool hidden = problem?.Tests.Hidden > 0 || grading?.Suite?.Tests.Any(test => test.Hidden) == true;
        Refuse(hidden && submission.Network is not (null or "none"), "network", "Hidden tests are run without a network: their inputs could leave by it.", mistakes);
        return selection is null || grading is null ? grading : grading with { Selection = selection };
    }

    internal static string NoSuchProblem(SubmittedProblem named)
        => named.Id is not { Length: > 0 } id ? "Name the problem by its id."
            : named.Version is { } version ? $"There is no version {version} of a problem {Texts.Quote(id)}."
            : $"There is no problem {Texts.Quote(id)}.";

    private static GradingSpec? OfProblem(Submission submission, SubmittedProblem named, Problem? problem, Language? language, Mistakes mistakes)
    {
        Refuse(submission.Suite is not null, "tests", "Name a problem or send tests, not both.", mistakes);
        Refuse(submission.Limits is not null, "limits", "The problem sets them.", mistakes);
        Refuse(submission.CompileArgs is { Count: > 0 }, "compileArgs", "The problem sets them.", mistakes);
        if (problem is null)
        {
            mistakes.Add("problem", NoSuchProblem(named));
            return null;
        }

        if (problem.WhyNot is { } whyNot)
        {
            mistakes.Add("problem", whyNot);
        }

        if (language is not null && problem.Languages is { } allowed && !allowed.Contains(language.Id, StringComparer.Ordinal))
        {
            mistakes.Add("language", $"This problem takes {string.Join(", ", allowed)}.");
        }

        return new GradingSpec { SuiteBlob = problem.SuiteBlob, Problem = problem.Reference };
    }

    private static void Refuse(bool wrong, string field, string message, Mistakes mistakes)
    {
        if (wrong)
        {
            mistakes.Add(field, message);
        }
    }
}
