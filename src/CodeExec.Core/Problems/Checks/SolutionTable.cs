using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>What solutions came to, beside what their author expects of them.</summary>
internal static class SolutionTable
{
    public static CheckedSolution Of(Solution solution, CheckRun run)
    {
        IReadOnlyList<TestResult> results = run.Results;
        bool ran = results.Count > 0 && run.Record?.Error is null;
        bool? kept = ran ? solution.Expect.IsKept([.. results.Select(result => result.Verdict)]) : null;
        Score? score = run.Record?.Grade?.Score;
        return new CheckedSolution(solution.Name, solution.Program.Language!, solution.Main, solution.Expect.Names, kept, score?.Verdict, score?.Points ?? 0, score?.MaxPoints ?? 0)
        {
            CpuMs = results.Select(result => result.CpuMs).DefaultIfEmpty().Max(),
            WallMs = results.Select(result => result.WallMs).DefaultIfEmpty().Max(),
            MemoryBytes = results.Select(result => result.MemoryBytes).DefaultIfEmpty().Max(),
            Tests = [.. results.Select(result => new SolvedTest(result.Id, result.Verdict, result.Points, result.CpuMs, result.WallMs, result.MemoryBytes, result.JudgeMessage ?? result.Message))],
        };
    }

    /// <summary>A right solution that is not accepted breaks a problem; a wrong one that gets through is for its author to think about.</summary>
    public static IEnumerable<CheckFinding> Findings(Solution solution, CheckRun run, CheckedSolution came)
    {
        if (run.Results.FirstOrDefault(result => result.Verdict is Verdict.CheckerError or Verdict.InternalError) is { } failed)
        {
            yield return new CheckFinding(true, $"The solution {solution.Name} could not be judged: {failed.Verdict.Name()}. {failed.Message} {failed.JudgeMessage}".TrimEnd(), failed.Id, solution.Name);
        }
        else if (came.Kept is null || (came.Kept == false && run.Obstacle is not null))
        {
            yield return new CheckFinding(solution.Expect.IsRight, $"The solution {solution.Name} was not judged. {run.Obstacle}", Program: solution.Name);
        }
        else if (came.Kept == false)
        {
            TestResult? other = run.Results.FirstOrDefault(result => result.Verdict is not (Verdict.Accepted or Verdict.Skipped) && !solution.Expect.Failures.Contains(result.Verdict));
            string expected = string.Join(" or ", came.Expect);
            yield return other is null
                ? new CheckFinding(solution.Expect.IsRight, $"The solution {solution.Name} should be {expected}, and all tests accept it: a test is missing that it fails.", Program: solution.Name)
                : new CheckFinding(solution.Expect.IsRight, $"The solution {solution.Name} should be {expected}, and comes to {other.Verdict.Name()}.", other.Id, solution.Name);
        }
    }
}
