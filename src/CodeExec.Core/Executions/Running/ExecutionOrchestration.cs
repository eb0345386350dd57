using CodeExec.Core.Executions.Results;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>An execution from acceptance to its one end: prepare, run in a container, finish, and always clean up. "stop" is an event to it.</summary>
public sealed class ExecutionOrchestration : IOrchestration<ExecutionId, ExecutionStatus>
{
    /// <summary>A container may be lost or not to be had; a user's own failure is a result and never comes here.</summary>
    private static readonly ActivityOptions RunOptions = new(new RetryPolicy(4, TimeSpan.FromMilliseconds(200), MaxDelay: TimeSpan.FromSeconds(10)));

    /// <summary>What is recorded must get recorded: this waits out a full disk or a store that is away for a while.</summary>
    private static readonly ActivityOptions FinishOptions = new(new RetryPolicy(20, TimeSpan.FromMilliseconds(200), MaxDelay: TimeSpan.FromMinutes(1)));

    public async Task<ExecutionStatus> RunAsync(OrchestrationContext context, ExecutionId input)
    {
        ArgumentNullException.ThrowIfNull(context);
        using CancellationTokenSource ended = new();
        Task<string> stop = context.WaitForEventAsync<string>(ExecutionActivities.StopEvent, ended.Token);
        try
        {
            ExecutionReport report = await ReportAsync(context, input, stop);
            return await context.CallActivityAsync(ExecutionActivities.Finish, new FinishInput(input, report), FinishOptions);
        }
        finally
        {
            ended.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
            await context.CallActivityAsync(ExecutionActivities.CleanUp, input, FinishOptions);
        }
    }

    private static async Task<ExecutionReport> ReportAsync(OrchestrationContext context, ExecutionId id, Task<string> stop)
    {
        try
        {
            bool wanted = await context.CallActivityAsync(ExecutionActivities.Prepare, id, FinishOptions);
            if (!wanted || stop.IsCompleted)
            {
                return new ExecutionReport { Outcome = new ExecutionOutcome.Cancelled() };
            }

            Task<ExecutionReport> run = context.CallActivityAsync(ExecutionActivities.Run, id, RunOptions);
            if (await Task.WhenAny(run, stop) == stop)
            {
                // Ends the container; the run then reports how far it came.
                await context.CallActivityAsync(ExecutionActivities.Stop, id, FinishOptions);
            }

            return await run;
        }
        catch (ActivityFailedException e)
        {
            return new ExecutionReport
            {
                Outcome = new ExecutionOutcome.InternalError(),
                Error = new ExecutionError("container-failed", $"The execution could not be run, after several tries: {e.Failure.Message}"),
            };
        }
    }
}
