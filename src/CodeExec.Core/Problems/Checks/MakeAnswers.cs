using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Has the main solution say what is expected, where tests do not.</summary>
public sealed class MakeAnswers(CheckRuns runs, SolutionSpecs solutions, MadeData made)
{
    /// <returns>Null as long as it is at work.</returns>
    internal async Task<CheckStep?> RunAsync(CheckWork work, CancellationToken cancellationToken)
    {
        GradedTest[] tests = [.. work.Suite.Tests.Where(test => MissingAnswers.Of(work.Suite, test))];
        if (work.Kit.Main is not { } main || tests.Length == 0)
        {
            return CheckStep.Nothing;
        }

        if (solutions.Of(work.Problem, main, out string obstacle) is not { } spec)
        {
            return CheckStep.Of(work.Suite, [new CheckFinding(true, $"The main solution gave no answers. {obstacle}", Program: main.Name)]);
        }

        TestSuite asked = new() { InputFile = work.Suite.InputFile, OutputFile = work.Suite.OutputFile, Tests = [.. tests.Select(test => test with { Expected = null, Checker = new CheckerSpec.Kept(), Group = null, Hidden = true })] };
        if (await runs.RunAsync(work.Check, [($"answers:{main.Name}", spec with { Grading = new GradingSpec { Suite = asked } })], cancellationToken) is not [CheckRun run])
        {
            return null;
        }

        List<CheckFinding> findings = [];
        Dictionary<string, TestData> answers = new(StringComparer.Ordinal);
        await made.TakeAsync(work, run, "main solution", main.Name, tests, answers, findings, cancellationToken);
        TestSuite suite = work.Suite with
        {
            Tests = [.. work.Suite.Tests.Select(test => answers.TryGetValue(test.Id, out TestData? answer) ? test with { Expected = answer, AnswerMade = true } : test)],
        };
        made.CheckTotal(suite, findings);
        return CheckStep.Of(suite, findings);
    }
}
