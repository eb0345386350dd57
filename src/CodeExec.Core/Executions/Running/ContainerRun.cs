using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

/// <summary>Runs an execution in a container and reports what its program did. Throws only for what we failed to do.</summary>
public sealed class ContainerRun(
    IExecutionStore executions,
    ILogStore logs,
    IBlobStore blobs,
    ExecutionPlanner planner,
    CompileCache compiled,
    ContainerProviders providers,
    ContainerPool pool,
    ExecutionSignals signals,
    TimeProvider clock,
    ILogger<ContainerRun> logger)
{
    public async Task<ContainerRunResult> RunAsync(RunningExecution entry, ExecutionRecord record, ExecutionSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionId id = record.Id;
        IReadOnlyDictionary<string, string> secrets = planner.Reveal(spec);
        ExecutionPlan plan = planner.Plan(record, spec, secrets);
        IContainerProvider provider = providers.Find(spec.Provider)
            ?? throw new ContainerUnavailableException($"This host has no container provider '{spec.Provider}'.");
        ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
        CompiledProgram? kept = plan.CompileKey is null ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Stopped);
        await using JobRecorder recorder = new(id, [.. secrets.Values], blobs, feed, clock);
        DateTimeOffset? startedAt = null;
        try
        {
            using RunSlots.Slot slot = await pool.Slots.TakeAsync((int)spec.Priority, either.Token);
            IContainer container = await pool.TakeAsync(provider, plan.Container, (int)spec.Priority, either.Token);
            try
            {
                startedAt = clock.GetUtcNow();
                Task marked = MarkRunningAsync(entry, record, feed, provider.Name, startedAt.Value, cancellationToken);
                ExecutionPlan final = kept is null ? plan : plan.WithCompiled(kept.Files);
                ExecutionReport report = await FollowAsync(container, final, recorder, kept, either.Token) with { StartedAt = startedAt, Isolation = container.Isolation };
                await marked;
                return new(report, Fresh(plan, recorder, kept));
            }
            finally
            {
                entry.Leaves(RemoveAsync(id, container));
            }
        }
        catch (OperationCanceledException) when (entry.Stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(Report(recorder, kept, new ExecutionOutcome.Cancelled()) with { StartedAt = startedAt });
        }
        catch (ContainerLostException e)
        {
            logger.ContainerLost(id, e.Message);
            if (e.OutOfMemory)
            {
                return new(Report(recorder, kept, new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory)) with { StartedAt = startedAt });
            }

            feed.Say(clock, null, Progress.LogLevel.Warn, "The container was lost; trying again in another");
            throw;
        }
    }

    private async Task<ExecutionReport> FollowAsync(IContainer container, ExecutionPlan plan, JobRecorder recorder, CompiledProgram? kept, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(plan.Deadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await foreach (RunnerEvent received in container.RunAsync(plan.Job, plan.Limits, either.Token))
            {
                await recorder.RecordAsync(received, either.Token);
            }

            return Explained(plan, Report(recorder, kept, OutcomeOf(recorder)));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The runner should have ended it long ago: whatever held it up, the time is over.
            return Report(recorder, kept, new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime));
        }
    }

    /// <summary>First the record, then the feed: who has read in the feed that it runs finds that in the record.</summary>
    private async Task MarkRunningAsync(RunningExecution entry, ExecutionRecord record, ILogWriter feed, string provider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ExecutionRecord? current = record;
        while (current is not null && !current.Status.IsFinal())
        {
            if (await executions.TryNoteAsync(current.MoveTo(ExecutionStatus.Running) with { StartedAt = at }, cancellationToken) is not null)
            {
                feed.SayStatus(clock, ExecutionStatus.Running, $"Running in {provider}");
                signals.Notify(record.Id);
                return;
            }

            current = await executions.FindAsync(record.Id, cancellationToken);
        }

        await entry.StopAsync(); // somebody ended it a moment before it began
    }

    private static FreshProgram? Fresh(ExecutionPlan plan, JobRecorder recorder, CompiledProgram? kept)
        => plan.CompileKey is { } key && kept is null && recorder is { CompileSucceeded: true, Compile: { } compile, KeptFiles.Count: > 0 }
            ? new FreshProgram(key, new CompiledProgram(recorder.KeptFiles, compile))
            : null;

    private async Task RemoveAsync(ExecutionId id, IContainer container)
    {
        try
        {
            await container.DisposeAsync();
        }
#pragma warning disable CA1031 // whatever went wrong, the execution's own result stands; the reaper comes again at the next start
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RemovalFailed(id, e);
        }
    }

    private static ExecutionReport Explained(ExecutionPlan plan, ExecutionReport report)
        => report.Run is { Limit: null, ExitCode: not 0 } run ? report with { Run = run with { Failure = plan.Failure?.Find(run.Stderr.Text) } } : report;

    private static ExecutionOutcome OutcomeOf(JobRecorder recorder)
    {
        if (recorder.Run is { } run)
        {
            return run switch
            {
                { Limit: { } limit } => new ExecutionOutcome.LimitExceeded(limit),
                { Signal: { } signal } => new ExecutionOutcome.Signalled(signal),
                _ => new ExecutionOutcome.Exited(run.ExitCode ?? 0),
            };
        }

        // A compiler that ran out of time or memory is a failed compilation; its own report names the limit.
        return recorder.Compile is { } compile
            ? new ExecutionOutcome.CompileFailed(compile.ExitCode)
            : throw new ContainerLostException("The job ended without a result.", outOfMemory: false);
    }

    private ExecutionReport Report(JobRecorder recorder, CompiledProgram? kept, ExecutionOutcome outcome) => new()
    {
        Outcome = outcome,
        EndedAt = clock.GetUtcNow(),
        Compile = kept is null ? recorder.Compile : kept.Compile with { FromCache = true },
        Run = recorder.Run,
        Artifacts = recorder.Artifacts,
    };
}
