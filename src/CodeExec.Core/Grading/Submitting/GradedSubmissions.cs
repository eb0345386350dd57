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
        Problem? problem = submission.Problem is { Id: { } id, Version: var version } ? await problems.FindForGradingAsync(tenant, id, version, cancellationToken) : null;
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

    /// <summary>Tests of an execution's own, as they were before they were placed: they go when it is deleted, and another one may need them then.</summary>
    public async Task<ExecutionSpec> DetachAsync(ExecutionSpec placed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placed);
        return placed.Grading is { SuiteBlob: not null, Problem: null } own
            ? placed with { Grading = own with { Suite = await suites.LoadAsync(own, cancellationToken), SuiteBlob = null } }
            : placed;
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
