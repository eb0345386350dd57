using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Languages;
using CodeExec.Core.Progress;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using LogLevel = CodeExec.Core.Progress.LogLevel;

namespace CodeExec.Core.Grading.Running;

/// <summary>Gives tests to a container and notes what comes of each, while its output streams.</summary>
internal sealed class GradedShardRun(
    RunningExecution entry,
    ExecutionRecord record,
    ExecutionSpec spec,
    IContainerProvider provider,
    RunContainers containers,
    JobFollower follower,
    FoundRun? left,
    JobRecorder recorder,
    GradingState state,
    TestSuites suites,
    GradingOptions options,
    IReadOnlyCollection<byte[]> secrets,
    ILogWriter feed,
    TimeProvider clock,
    ILogger<GradedRun> logger)
{
    /// <summary>So much work may be repeated after a crash.</summary>
    private static readonly TimeSpan JournalEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, GradedTest> _tests = state.Suite.Tests.ToDictionary(test => test.Id, StringComparer.Ordinal);
    private DateTimeOffset _journalAt = clock.GetUtcNow() + JournalEvery;
    private FoundRun? _left = left; // for the first of the containers only
    private TestRun? _current;
    private FailurePattern? _failure;

    public DateTimeOffset? StartedAt { get; private set; } = left is null ? null : record.StartedAt ?? left.Run.StartedAt;

    /// <summary>Nobody can go on with a container of this provider but the host that made it.</summary>
    public bool EndWithTheirHost => provider is not ILastingProvider;

    public string? Isolation { get; private set; }

    /// <exception cref="ContainerLostException">Not the program's doing. What was known by then is noted.</exception>
    public async Task<GradedShard> RunAsync(ExecutionPlan plan, IReadOnlyList<GradedTest> tests, TestResults results, CancellationToken cancellationToken)
    {
        _failure = plan.Failure;
        ExecutionPlan job = await GradedJob.MakeAsync(plan, spec.Limits, tests, suites, cancellationToken);
        List<OutputToCheck> toCheck = [];
        int before = _left is null ? state.Known : -1; // of one that is gone on with, all may be known
        _current = null;
        try
        {
            await (_left is null
                ? containers.UseAsync(entry, record.Id, provider, job.Container, spec.Priority, WorkAsync, cancellationToken)
                : containers.UseAsync(entry, record.Id, _left.Container, WorkAsync));
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            logger.ContainerLostWhileGrading(record.Id, state.Known, state.Suite.Tests.Count, e.Message);
            if (_current is null)
            {
                return new GradedShard(new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), null, []);
            }

            Note(_current.Test, _current.End(Verdict.MemoryLimit, ResourceLimit.Memory, "The container ran out of memory."));
        }
        catch (ContainerLostException e)
        {
            logger.ContainerLostWhileGrading(record.Id, state.Known, state.Suite.Tests.Count, e.Message);
            feed.Say(clock, null, LogLevel.Warn, "The container was lost; trying again in another");
            throw;
        }

        if (recorder is { Compile: { } compile, CompileSucceeded: false })
        {
            return new GradedShard(new ExecutionOutcome.CompileFailed(compile.ExitCode), null, []);
        }

        return state.Known == before && toCheck.Count == 0
            ? throw new ContainerLostException("The job ended without the result of any test.", outOfMemory: false)
            : new GradedShard(null, recorder.KeptFiles.Count > 0 ? recorder.KeptFiles : null, toCheck);

        async Task WorkAsync(IContainer container)
        {
            DateTimeOffset begunAt = _left?.Run.StartedAt ?? clock.GetUtcNow();
            await BeginAsync(container, cancellationToken);
            LeftRun begun = new()
            {
                Container = container.Id,
                Spec = container.Spec,
                StartedAt = begunAt,
                FeedStart = feed.LastSequence,
                FromCache = !plan.Job.Steps.Any(step => step.Name == ExecutionPlan.CompileStep),
                Tests = EndWithTheirHost ? null : [.. tests.Select(test => test.Id)],
            };
            FoundRun? found = _left;
            _left = null;
            await FollowAsync(stop => follower.RunAsync(entry, record.Id, container, job, begun, found, stop), job.Deadline - (clock.GetUtcNow() - begunAt), tests, toCheck, results, cancellationToken);
        }
    }

    public async Task WriteJournalAsync(TestResults results, bool onlyWhenDue, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (state.Known == 0 || !state.Left.Any() || (onlyWhenDue && now < _journalAt))
        {
            return; // nothing to save, or the end itself is about to be written
        }

        _journalAt = now + JournalEvery;
        try
        {
            await results.WriteJournalAsync(record.Id, state.Results, cancellationToken);
        }
#pragma warning disable CA1031 // the journal only saves work; a full disk is no reason to stop
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.JournalNotWritten(record.Id, e.Message);
        }
    }

    private async Task BeginAsync(IContainer container, CancellationToken cancellationToken)
    {
        Isolation = container.Isolation;
        if (StartedAt is null)
        {
            StartedAt = clock.GetUtcNow();
            await containers.MarkRunningAsync(entry, record, feed, provider.Name, StartedAt.Value, cancellationToken);
        }
    }

    private async Task FollowAsync(
        Func<CancellationToken, IAsyncEnumerable<RunnerEvent>> run,
        TimeSpan timeLeft,
        IReadOnlyList<GradedTest> tests,
        List<OutputToCheck> toCheck,
        TestResults results,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await foreach (RunnerEvent received in run(either.Token))
            {
                await RecordAsync(received, toCheck, either.Token);
                if (received is CaseEndedEvent { Step: ExecutionPlan.RunStep })
                {
                    await WriteJournalAsync(results, onlyWhenDue: true, either.Token);
                    if (toCheck.Count == 0 && state.CanSkipAnyOf(tests))
                    {
                        return; // the rest goes on in another container, without those
                    }
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The runner should have ended it long ago: whatever held it up, the time of this test is over.
            TestRun late = _current ?? throw new ContainerLostException("The container was silent for longer than all its limits.", outOfMemory: false);
            Note(late.Test, late.End(Verdict.TimeLimit, ResourceLimit.WallTime, "Ended from outside at its time limit."));
        }
    }

    private async ValueTask RecordAsync(RunnerEvent received, List<OutputToCheck> toCheck, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case CaseStartedEvent { Step: ExecutionPlan.RunStep } started:
                _current = await BeginAsync(started.Case, cancellationToken);
                break;
            case OutputEvent { Step: ExecutionPlan.RunStep } output:
                Current(output.Case).Add(output);
                break;
            case CaseEndedEvent { Step: ExecutionPlan.RunStep } ended:
                End(Current(ended.Case), ended, toCheck);
                break;
            default:
                await recorder.RecordAsync(received, cancellationToken);
                break;
        }
    }

    private async Task<TestRun> BeginAsync(string id, CancellationToken cancellationToken)
    {
        GradedTest test = _tests.TryGetValue(id, out GradedTest? found) ? found : throw Foreign(id);
        CheckerSpec checker = state.Suite.CheckerOf(test);
        bool byProgram = checker is CheckerSpec.Program;
        byte[] expected = test.Expected is { } data && !byProgram ? await suites.ReadAsync(data, cancellationToken) : [];
        return new TestRun(test, checker, expected, secrets, options.ShownBytes, byProgram ? test.LimitsFrom(spec.Limits).OutputKb << 10 : 0) { Failure = _failure };
    }

    private void End(TestRun run, CaseEndedEvent ended, List<OutputToCheck> toCheck)
    {
        _current = null;
        if (state.IsKnown(run.Test))
        {
            return; // judged by the host that followed this container before
        }

        TestResult result = run.End(ended);
        if (run.NeedsProgram && result.Verdict == Verdict.Accepted)
        {
            toCheck.Add(new OutputToCheck(run.Test, result, run.Output));
        }
        else
        {
            Note(run.Test, result);
        }
    }

    private void Note(GradedTest test, TestResult result) => state.Note(test, result);

    // A runner that was taken over could speak of any test: only of the one at work is it believed.
    private TestRun Current(string id) => _current?.Test.Id == id ? _current : throw Foreign(id);

    private static ContainerLostException Foreign(string id) => new($"The runner spoke of a test '{id}' that it was not at work on.", outOfMemory: false);
}
