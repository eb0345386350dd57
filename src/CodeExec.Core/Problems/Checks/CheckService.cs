using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Checks of problems, for those who ask for them.</summary>
public sealed class CheckService(ProblemChecks checks, CheckStarter starter, ProblemStates states, IOrchestrationEngine engine, TimeProvider clock)
{
    /// <summary>Checks a version once more; one that is being checked already goes on. What was ready stays so, whatever is found.</summary>
    /// <returns>Null if the version is gone.</returns>
    /// <exception cref="EngineBusyException">Nothing was started; trying again later is safe.</exception>
    public async Task<ProblemCheck?> StartAsync(TenantId tenant, Problem problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (await FindAsync(tenant, problem, cancellationToken) is { } running && !running.Status.IsFinal())
        {
            return running;
        }

        string id = await starter.StartAsync(tenant, problem.Reference, cancellationToken);
        Problem? now = await states.ChangeAsync(
            tenant,
            problem.Id,
            problem.Version,
            one => one.CheckId != problem.CheckId ? null : one with { CheckId = id, State = one.State == ProblemState.Broken ? ProblemState.Checking : one.State },
            cancellationToken);
        if (now?.CheckId != id)
        {
            await starter.ForgetAsync(tenant, id, CancellationToken.None); // somebody was quicker, or it is gone
        }
        else if (problem.CheckId is { } earlier)
        {
            await starter.ForgetAsync(tenant, earlier, CancellationToken.None);
        }

        return now is null ? null : await FindAsync(tenant, now, cancellationToken);
    }

    /// <returns>The newest check of a version; null if there was none.</returns>
    public async Task<ProblemCheck?> FindAsync(TenantId tenant, Problem problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.CheckId is { } id ? await checks.FindAsync(tenant, id, cancellationToken) : null;
    }

    /// <summary>Waits until a check has ended, at most for <paramref name="limit"/>.</summary>
    public async Task<ProblemCheck> WaitAsync(ProblemCheck check, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (limit > TimeSpan.Zero && !check.Status.IsFinal())
        {
            using CancellationTokenSource deadline = new(limit, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await engine.WaitForEndAsync(CheckActivities.InstanceId(check.Id), either.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // One last look.
            }
        }

        return await checks.FindAsync(check.Tenant, check.Id, cancellationToken) ?? check;
    }

    public Task<CheckReport> ReadReportAsync(ProblemCheck check, CancellationToken cancellationToken) => checks.ReadReportAsync(check, cancellationToken);
}
