using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Has every validator look at every input, and grades every solution.</summary>
public sealed class JudgeProblem(CheckRuns runs, SolutionSpecs solutions)
{
    /// <returns>Null as long as one is at work.</returns>
    internal async Task<CheckStep?> RunAsync(CheckWork work, CancellationToken cancellationToken)
    {
        List<(string Key, ExecutionSpec Spec)> wanted = [.. work.Kit.Validators.Select(one => ($"validator:{one.Name}", runs.SpecOf(one.Program, ValidatorCalls.Of(one, work.Suite))))];
        List<CheckFinding> findings = [.. work.Kit.LeftOut.Select(one => new CheckFinding(false, $"The {one.What} {one.Name} was left out. {one.Why}", Program: one.Name))];
        List<Solution> run = [];
        foreach (Solution solution in work.Kit.Solutions)
        {
            if (solutions.Of(work.Problem, solution, out string obstacle) is { } spec)
            {
                run.Add(solution);
                wanted.Add(($"solution:{solution.Name}", spec with { Grading = new GradingSpec { SuiteBlob = work.Check.SuiteBlob ?? work.Problem.SuiteBlob, Problem = work.Problem.Reference } }));
            }
            else
            {
                findings.Add(new CheckFinding(false, $"The solution {solution.Name} was not run. {obstacle}", Program: solution.Name));
            }
        }

        if (await runs.RunAsync(work.Check, wanted, cancellationToken) is not { } ended)
        {
            return null;
        }

        IReadOnlyList<CheckRun> ofValidators = [.. ended.Take(work.Kit.Validators.Count)], ofSolutions = [.. ended.Skip(work.Kit.Validators.Count)];
        CheckedTest[] tests = [.. work.Suite.Tests.Select(test => TestOf(test, work.Kit.Validators, ofValidators))];
        findings.AddRange(ValidatorCalls.Findings(work.Kit.Validators, ofValidators, tests));
        List<CheckedSolution> solved = [];
        for (int i = 0; i < run.Count; i++)
        {
            CheckedSolution one = SolutionTable.Of(run[i], ofSolutions[i]);
            solved.Add(one);
            findings.AddRange(SolutionTable.Findings(run[i], ofSolutions[i], one));
        }

        return new CheckStep(null, new CheckReport { Findings = findings, Tests = tests, Solutions = solved });
    }

    private static CheckedTest TestOf(GradedTest test, IReadOnlyList<AuthorTool> validators, IReadOnlyList<CheckRun> runs) => new(
        test.Id,
        test.Group,
        test.Generate is not null,
        test.AnswerMade == true,
        test.Stdin.SizeBytes,
        test.Expected?.SizeBytes,
        [.. validators.Select((one, at) => ValidatorCalls.Read(one, runs[at], test.Id)).OfType<CheckedInput>()]);
}
