using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Makes of a solution what a submission of it would be: with the problem's limits and its harness.</summary>
public sealed class SolutionSpecs(SubmissionValidator submissions)
{
    /// <returns>Null with the obstacle: a language may have gone from this server.</returns>
    internal ExecutionSpec? Of(Problem problem, Solution solution, out string obstacle)
    {
        bool valid = submissions.TryValidate(solution.Program, problem with { Languages = null }, out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors);
        obstacle = string.Join(' ', errors.SelectMany(error => error.Value));
        return valid ? spec : null;
    }
}
