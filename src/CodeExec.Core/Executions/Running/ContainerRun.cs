using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Executions.Running;

/// <summary>Runs an execution in a container and reports what its program did. Throws only for what we failed to do.</summary>
public sealed class ContainerRun(
    ILogStore logs,
    IBlobStore blobs,
    ExecutionPlanner planner,
    CompileCache compiled,
    ContainerProviders providers,
    RunContainers containers,
    JobFollower follower,
    IOptions<DisplayOptions> displays,
    TimeProvider clock,
    ILogger<ContainerRun> logger)
{
    /// <param name="left">The run to go on with; null to begin one.</param>
    /// <exception cref="RunLeftException">It goes on, and may be taken up again.</exception>
    public async Task<ContainerRunResult> RunAsync(RunningExecution entry, ExecutionRecord record, ExecutionSpec spec, FoundRun? left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionId id = record.Id;
        IReadOnlyDictionary<string, string> secrets = planner.Reveal(spec);
        ExecutionPlan plan = planner.Plan(record, spec, secrets).Showing(displays.Value.ForJob);
        IContainerProvider provider = providers.Find(spec.Provider)
            ?? throw new ContainerUnavailableException($"This host has no container provider '{spec.Provider}'.");
        ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
        CompiledProgram? kept = plan.CompileKey is null || left is { Run.FromCache: false } ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Stopped);
        ILogWriter told = left is null ? feed : new AlreadyTold(feed, feed.LastSequence - left.Run.FeedStart);
        await using JobRecorder recorder = new(id, [.. secrets.Values], plan.Job.Displays, blobs, told, clock) { Runs = spec.Runs };
        DateTimeOffset? startedAt = left?.Run.StartedAt;
        ContainerRunResult? result = null;
        try
        {
            await (left is null
                ? containers.UseAsync(entry, id, provider, plan.Container, spec.Priority, WorkAsync, either.Token)
                : containers.UseAsync(entry, id, left.Container, WorkAsync));
            return result!;
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

        async Task WorkAsync(IContainer container)
        {
            startedAt ??= clock.GetUtcNow();
            Task marked = left is null ? containers.MarkRunningAsync(entry, record, feed, provider.Name, startedAt.Value, cancellationToken) : Task.CompletedTask;
            if (container is ILastingContainer)
            {
                await marked; // who takes it up finds all that was told before its first event
            }

            LeftRun begun = new() { Container = container.Id, Spec = container.Spec, StartedAt = startedAt.Value, FeedStart = feed.LastSequence, FromCache = kept is not null };
            ExecutionPlan final = kept is null ? plan : plan.WithCompiled(kept.Files);
            TimeSpan timeLeft = left is null ? plan.Deadline : plan.Deadline - (clock.GetUtcNow() - startedAt.Value);
            ExecutionReport report = await FollowAsync(stop => follower.RunAsync(entry, id, container, final, begun, left, stop), timeLeft + container.Lag, recorder, kept, either.Token);
            await marked;
            result = new(Explained(plan, report) with { StartedAt = startedAt, Isolation = JobIsolation.Of(container, plan.Job) }, Fresh(plan, recorder, kept));
        }
    }

    private async Task<ExecutionReport> FollowAsync(
        Func<CancellationToken, IAsyncEnumerable<RunnerEvent>> run, TimeSpan timeLeft, JobRecorder recorder, CompiledProgram? kept, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await foreach (RunnerEvent received in run(either.Token))
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

    private static FreshProgram? Fresh(ExecutionPlan plan, JobRecorder recorder, CompiledProgram? kept)
        => plan.CompileKey is { } key && kept is null && recorder is { CompileSucceeded: true, Compile: { } compile, KeptFiles.Count: > 0 }
            ? new FreshProgram(key, new CompiledProgram(recorder.KeptFiles, compile))
            : null;

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
        Displays = recorder.Displays,
    };
}
