using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

/// <summary>Runs an execution in a container and reports what its program did. Throws only for what we failed to do.</summary>
public sealed class RunExecution(
    IExecutionStore executions,
    ILogStore logs,
    IBlobStore blobs,
    ExecutionPlanner planner,
    CompileCache compiled,
    ContainerProviders providers,
    ContainerPool pool,
    RunningExecutions running,
    ExecutionSignals signals,
    TimeProvider clock,
    ILogger<RunExecution> logger) : IActivity<ExecutionId, ExecutionReport>
{
    public async Task<ExecutionReport> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        RunningExecution entry = running.For(input);
        ExecutionRecord? record = await executions.FindAsync(input, cancellationToken);
        ExecutionSpec? spec = await executions.FindSpecAsync(input, cancellationToken);
        if (record is null || spec is null || entry.Stopped.IsCancellationRequested)
        {
            return Cancelled(null, null); // deleted, or stopped while it waited
        }

        IReadOnlyDictionary<string, string> secrets = planner.Reveal(spec);
        ExecutionPlan plan = planner.Plan(record, spec, secrets);
        IContainerProvider provider = providers.Find(spec.Provider)
            ?? throw new ContainerUnavailableException($"This host has no container provider '{spec.Provider}'.");
        ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
        CompiledProgram? kept = plan.CompileKey is null ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Stopped);
        await using JobRecorder recorder = new(input, [.. secrets.Values], blobs, feed, clock);
        DateTimeOffset? startedAt = null;
        try
        {
            using RunSlots.Slot slot = await pool.Slots.TakeAsync((int)spec.Priority, either.Token);
            IContainer container = await pool.TakeAsync(provider, plan.Container, either.Token);
            try
            {
                startedAt = clock.GetUtcNow();
                Task marked = MarkRunningAsync(record, feed, provider.Name, startedAt.Value, cancellationToken);
                ExecutionPlan final = kept is null ? plan : plan.WithCompiled(kept.Files);
                ExecutionReport report = await FollowAsync(container, final, recorder, kept, either.Token) with { StartedAt = startedAt, Isolation = container.Isolation };
                await marked;
                await KeepCompiledAsync(plan, recorder, kept, cancellationToken);
                return report;
            }
            finally
            {
                entry.Removal = RemoveAsync(input, container);
                entry.Flushed = feed.FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (entry.Stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Cancelled(recorder, kept) with { StartedAt = startedAt, EndedAt = clock.GetUtcNow() };
        }
        catch (ContainerLostException e)
        {
            logger.ContainerLost(input, e.Message);
            if (e.OutOfMemory)
            {
                return Report(recorder, kept, new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory)) with { StartedAt = startedAt };
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

            return Report(recorder, kept, OutcomeOf(recorder));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The runner should have ended it long ago: whatever held it up, the time is over.
            return Report(recorder, kept, new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime));
        }
    }

    private async Task MarkRunningAsync(ExecutionRecord record, ILogWriter feed, string provider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        feed.SayStatus(clock, ExecutionStatus.Running, $"Running in {provider}");
        ExecutionRecord? current = record;
        while (current is not null && !current.Status.IsFinal())
        {
            ExecutionRecord changed = current.MoveTo(ExecutionStatus.Running) with { StartedAt = at };
            if (await executions.TryUpdateAsync(changed, cancellationToken) is not null)
            {
                signals.Notify(record.Id);
                return;
            }

            current = await executions.FindAsync(record.Id, cancellationToken);
        }
    }

    private async Task KeepCompiledAsync(ExecutionPlan plan, JobRecorder recorder, CompiledProgram? kept, CancellationToken cancellationToken)
    {
        if (plan.CompileKey is not null && kept is null && recorder is { CompileSucceeded: true, Compile: not null, KeptFiles.Count: > 0 })
        {
            await compiled.KeepAsync(plan.CompileKey, new CompiledProgram(recorder.KeptFiles, recorder.Compile), cancellationToken);
        }
    }

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

    private ExecutionReport Cancelled(JobRecorder? recorder, CompiledProgram? kept) => Report(recorder, kept, new ExecutionOutcome.Cancelled());

    private ExecutionReport Report(JobRecorder? recorder, CompiledProgram? kept, ExecutionOutcome outcome) => new()
    {
        Outcome = outcome,
        EndedAt = clock.GetUtcNow(),
        Compile = kept is null ? recorder?.Compile : kept.Compile with { FromCache = true },
        Run = recorder?.Run,
        Artifacts = recorder?.Artifacts ?? [],
    };
}
