using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

/// <summary>
/// Takes an execution from its turn to its recorded end. Throws only for what we failed to do. A try after a crash finds the end if it
/// had been written, goes on with the container where that outlived the crash, and else begins anew.
/// </summary>
public sealed class RunExecution(
    IExecutionStore executions,
    ILogStore logs,
    ContainerProviders providers,
    LeftRuns left,
    ContainerRun container,
    Grading.Running.GradedRun graded,
    CompileCache compiled,
    ExecutionEnding ending,
    RunningExecutions running,
    StopMarks marks,
    TimeProvider clock,
    ILogger<RunExecution> logger) : IActivity<ExecutionId, RunEnd>
{
    public async Task<RunEnd> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        RunningExecution entry = running.For(input);
        entry.Following = cancellationToken;
        ContainerRunResult result;
        try
        {
            if (context.Attempt > 1 && await marks.IsSetAsync(input, cancellationToken))
            {
                await entry.StopAsync(); // asked for in an earlier life of this process
            }

            result = await RunAsync(entry, input, cancellationToken);
        }
        catch (ContainerUnavailableException e) when (e.RetryAfter is not null)
        {
            await NoteCostAsync(entry, input);
            await TellToWaitAsync(entry, input, e, cancellationToken);
            return new RunEnd(null, TryAgainAfter: e.RetryAfter);
        }
        catch (RunLeftException e)
        {
            await NoteCostAsync(entry, input);
            await entry.Feed!.FlushAsync(CancellationToken.None); // also when this process ends: who goes on counts what was told
            cancellationToken.ThrowIfCancellationRequested();
            await running.RemoveAsync(input);
            return new RunEnd(null, FollowedTo: e.FollowedTo);
        }
        catch
        {
            await NoteCostAsync(entry, input);
            throw;
        }

        result = result with { Report = result.Report with { Cost = entry.TakeCost() } };

        ExecutionStatus status;
        try
        {
            status = await ending.EndAsync(input, result.Report, cancellationToken);
        }
#pragma warning disable CA1031 // whatever kept the end from being written: what the program did stays known, and is not done again
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.EndNotWritten(input, e.Message);
            return new RunEnd(null, result.Report);
        }

        await compiled.KeepAsync(result.Fresh, cancellationToken);
        await running.RemoveAsync(input);
        return new RunEnd(status);
    }

    // Containers of this try that have ended: the next one may be on another host. Not the caller's token: it may be what ended this try.
    private async Task NoteCostAsync(RunningExecution entry, ExecutionId id)
    {
        if (entry.TakeCost() is not { } cost)
        {
            return;
        }

        try
        {
            ExecutionRecord? record = await executions.FindAsync(id, CancellationToken.None);
            while (record is not null && await executions.TryNoteAsync(record with { Cost = RunCost.Sum([record.Cost, cost]) }, CancellationToken.None) is null)
            {
                record = await executions.FindAsync(id, CancellationToken.None);
            }
        }
#pragma warning disable CA1031 // the reason why this try ended is the one to tell
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.CostNotNoted(id, e.Message);
        }
    }

    private async Task TellToWaitAsync(RunningExecution entry, ExecutionId id, ContainerUnavailableException e, CancellationToken cancellationToken)
    {
        logger.WaitsForRoom(id, e.RetryAfter!.Value, e.Message);
        if (await executions.FindAsync(id, cancellationToken) is { } record)
        {
            ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
            feed.Say(clock, null, Progress.LogLevel.Warn, $"There is no room for another container now; trying again in {Math.Ceiling(e.RetryAfter.Value.TotalSeconds):0} s");
            await feed.FlushAsync(cancellationToken);
        }

        await running.RemoveAsync(id);
    }

    private async Task<ContainerRunResult> RunAsync(RunningExecution entry, ExecutionId id, CancellationToken cancellationToken)
    {
        ExecutionSpec? spec = await executions.FindSpecAsync(id, cancellationToken);
        FoundRun? found = spec is not null && providers.Find(spec.Provider) is ILastingProvider lasting ? await left.FindAsync(id, lasting, cancellationToken) : null;
        if (await PrepareAsync(entry, id, begins: found is null, cancellationToken) is not { } record
            || spec is null
            || (entry.Stopped.IsCancellationRequested && found is null))
        {
            // Deleted, ended, or stopped while it waited.
            return new(new ExecutionReport { Outcome = new ExecutionOutcome.Cancelled(), EndedAt = clock.GetUtcNow() });
        }

        ContainerRunResult result = spec.Grading is null
            ? await container.RunAsync(entry, record, spec, found, cancellationToken)
            : await graded.RunAsync(entry, record, spec, found, cancellationToken);
        return result with { Report = result.Report with { PreparedAt = record.PreparedAt } };
    }

    /// <returns>Null if there is nothing to do: it is gone, or has ended already.</returns>
    private async Task<ExecutionRecord?> PrepareAsync(RunningExecution entry, ExecutionId id, bool begins, CancellationToken cancellationToken)
    {
        while (true)
        {
            ExecutionRecord? record = await executions.FindAsync(id, cancellationToken);
            if (record is null || record.Status.IsFinal())
            {
                return null;
            }

            ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
            if (!begins)
            {
                return record;
            }

            ExecutionRecord preparing = record.MoveTo(ExecutionStatus.Preparing) with { PreparedAt = clock.GetUtcNow() };
            if (await executions.TryNoteAsync(preparing, cancellationToken) is { } noted)
            {
                feed.SayStatus(clock, ExecutionStatus.Preparing, feed.LastSequence == 1
                    ? $"Preparing {record.Language} {record.Version}"
                    : $"Beginning again with {record.Language} {record.Version}");
                return noted;
            }
        }
    }
}
