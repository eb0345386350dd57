using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>What submissions of graded work need before and after they are checked.</summary>
public sealed class GradedSubmissions(ProblemCatalog problems, TestSuites suites, IBlobStore blobs)
{
    /// <returns>The problem that a submission names; null if it names none, or there is no such one.</returns>
    public async Task<Problem?> FindProblemAsync(TenantId tenant, Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Problem? problem = submission.Problem is { Id: { } id, Version: var version } ? await problems.FindAsync(tenant, id, version, cancellationToken) : null;
        return problem is not null && (submission.TestIds is not null || submission.Samples == true)
            ? problem with { Suite = await suites.LoadAsync(new GradingSpec { SuiteBlob = problem.SuiteBlob }, cancellationToken) }
            : problem;
    }

    /// <summary>Large tests of a submission's own go into a blob; a record is no place for them.</summary>
    public async Task<ExecutionSpec> PlaceAsync(ExecutionId id, ExecutionSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Grading?.Suite is { } suite
            ? spec with { Grading = (await suites.StoreAsync(id, suite, cancellationToken)) with { Selection = spec.Grading.Selection } }
            : spec;
    }

    /// <summary>The execution did not come to be.</summary>
    public async Task ForgetAsync(ExecutionId id, ExecutionSpec placed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placed);
        if (placed.Grading is { SuiteBlob: { } key, Problem: null })
        {
            await blobs.DeleteAsync(key, cancellationToken);
        }
    }
}
