using CodeExec.Core.Executions.Results;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>
/// An execution from acceptance to its one end. Nearly all are one activity, which runs it, records its end and clears away; what is below
/// that is for those that take longer than an activity may, that are stopped, or that could not be run or recorded. "stop" is an event to it.
/// </summary>
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
        Task<RunEnd> run = RunToItsEndAsync(context, input);
        bool isStopped = await Task.WhenAny(run, stop) == stop;
        if (!isStopped && run.IsCompletedSuccessfully && (await run).Status is { } status)
        {
            ended.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
            return status;
        }

        try
        {
            RunEnd end = await EndOfAsync(context, input, run, isStopped);
            return end.Status ?? await context.CallActivityAsync(ExecutionActivities.Finish, new FinishInput(input, end.Report!), FinishOptions);
        }
        finally
        {
            ended.Cancel();
            await context.CallActivityAsync(ExecutionActivities.CleanUp, input, FinishOptions);
        }
    }

    private static async Task<RunEnd> RunToItsEndAsync(OrchestrationContext context, ExecutionId id)
    {
        while (true)
        {
            RunEnd end = await context.CallActivityAsync(ExecutionActivities.Run, id, RunOptions);
            if (end.FollowedTo is null)
            {
                return end;
            }
        }
    }

    private static async Task<RunEnd> EndOfAsync(OrchestrationContext context, ExecutionId id, Task<RunEnd> run, bool isStopped)
    {
        try
        {
            if (isStopped)
            {
                // Ends the container; the run then reports how far it came.
                await context.CallActivityAsync(ExecutionActivities.Stop, id, FinishOptions);
            }

            return await run;
        }
        catch (ActivityFailedException e)
        {
            return new RunEnd(null, new ExecutionReport
            {
                Outcome = new ExecutionOutcome.InternalError(),
                Error = new ExecutionError("container-failed", $"The execution could not be run, after several tries: {e.Failure.Message}"),
            });
        }
    }
}
