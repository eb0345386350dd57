using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>The main solution of a problem as a program of its own, to be run on any input.</summary>
public static class MainSolution
{
    /// <returns>With the problem's limits, and the files that its submissions get; null if there is none.</returns>
    public static Submission? Of(Problem problem, AuthorKit kit)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(kit);
        if (kit.Main?.Program is not { Language: { } language } program)
        {
            return null;
        }

        Submission whole = problem.Harness.GetValueOrDefault(language) is { } harness ? harness.Around(program, new Mistakes()) : program; // it was checked when it was stored
        return whole with { Limits = problem.LimitsFor(language) };
    }
}
