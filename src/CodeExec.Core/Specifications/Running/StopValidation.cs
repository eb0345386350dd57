using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Specifications.Running;

/// <summary>Ends the tests of a run, or keeps them from beginning.</summary>
public sealed class StopValidation(ValidationRuns runs, IExecutionService executions) : IActivity<string, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
    {
        if (await runs.ReadRequestAsync(input, cancellationToken) is { } request
            && await runs.ChangeAsync(request.Tenant, input, run => run with { StopRequested = true }, cancellationToken) is { ExecutionId: { } execution })
        {
            await executions.StopAsync(request.Tenant, execution, cancellationToken);
        }

        return true;
    }
}
