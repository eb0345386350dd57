using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Delaying;

/// <summary>Gives an execution its orchestration, now that it is due. One that was stopped or deleted meanwhile gets none; a repeated call finds it begun.</summary>
public sealed class BeginDelayed(IExecutionStore executions, IOrchestrationEngine engine) : IActivity<DelayedExecution, TimeSpan?>
{
    public async Task<TimeSpan?> RunAsync(ActivityContext context, DelayedExecution input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await executions.FindAsync(input.Id, cancellationToken) is not { } record || record.Status.IsFinal())
        {
            return null;
        }

        try
        {
            await engine.StartAsync(ExecutionActivities.Orchestration, input.Id.ToString(), input.Id, new StartOptions((int)input.Priority), cancellationToken);
            return null;
        }
        catch (EngineBusyException e)
        {
            return e.RetryAfter;
        }
    }
}
