using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Languages;
using CodeExec.Protocol;
using LogLevel = CodeExec.Core.Progress.LogLevel;

namespace CodeExec.Core.Grading.Running;

/// <summary>Gives tests to one container after another, and notes what comes of each while its output streams.</summary>
internal sealed class GradedShardRun(GradedWork work, TestLanes lanes)
{
    private TestRun? _current;
    private TestRuns? _runs;
    private bool _crowded;

    private GradingState State => work.State;

    /// <param name="claim">The tests. Another lane may take some of them meanwhile.</param>
    /// <param name="left">The container to go on with; null for a new one.</param>
    /// <exception cref="ContainerLostException">Not the program's doing. What was known by then is noted.</exception>
    public async Task<GradedShard> RunAsync(ExecutionPlan plan, TestClaim claim, FoundRun? left, CancellationToken cancellationToken)
    {
        ExecutionPlan job = await GradedJob.MakeAsync(plan, work.Spec.Limits, work.Spec.Runs, State.Suite, claim.Tests, work.Suites, cancellationToken);
        Shard shard = new(claim, lanes.IsAlone && left is null, job.Job.Steps.Any(step => step.Name == ExecutionPlan.CompileStep)) { Failure = plan.Failure, CameLate = left is not null }; // of one that is gone on with, all may be known
        job = shard.Alone ? job with { Limits = job.Limits.Alone() } : job;
        (_current, _runs) = (null, null);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(claim.Pointless, cancellationToken);
        try
        {
            await (left is null
                ? work.Containers.UseAsync(work.Entry, work.Record.Id, work.Provider, job.Container, work.Spec.Priority, shard.Alone, WorkAsync, either.Token)
                : work.Containers.UseAsync(work.Entry, work.Record.Id, left.Container, WorkAsync));
        }
        catch (OperationCanceledException) when (claim.Pointless.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            shard.CameLate = true; // what it ran before stands
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            TellLost(e);
            if (_current is { } test)
            {
                Add(shard, test.End(Verdict.MemoryLimit, ResourceLimit.Memory, "The container ran out of memory."), endedWell: false);
            }
            else if (shard.Compiles && !work.Recorder.CompileSucceeded)
            {
                return new GradedShard(new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), null, []);
            }
        }
        catch (ContainerLostException e)
        {
            TellLost(e);
            work.Feed.Say(work.Clock, null, LogLevel.Warn, "The container was lost; trying again in another");
            throw;
        }

        if (shard.Compiles && work.Recorder is { Compile: { } compile, CompileSucceeded: false })
        {
            return new GradedShard(new ExecutionOutcome.CompileFailed(compile.ExitCode), null, []);
        }

        return shard.IsDry
            ? throw new ContainerLostException("The job ended without the result of any test.", outOfMemory: false)
            : new GradedShard(null, shard.Compiles && work.Recorder.KeptFiles.Count > 0 ? work.Recorder.KeptFiles : null, shard.ToCheck);

        async Task WorkAsync(IContainer container)
        {
            DateTimeOffset begunAt = left?.Run.StartedAt ?? work.Clock.GetUtcNow();
            await work.BeginAsync(container, job.Job, cancellationToken);
            LeftRun begun = new()
            {
                Container = container.Id,
                Spec = container.Spec,
                StartedAt = begunAt,
                FeedStart = work.Feed.LastSequence,
                FromCache = !shard.Compiles,
                Tests = work.EndWithTheirHost ? null : [.. claim.Tests.Select(test => test.Id)],
            };
            TimeSpan timeLeft = job.Deadline + container.Lag - (work.Clock.GetUtcNow() - begunAt);
            await FollowAsync(stop => work.Follower.RunAsync(work.Entry, work.Record.Id, container, job, begun, left, stop), timeLeft, shard, either.Token);
        }
    }

    private void TellLost(ContainerLostException e) => work.Logger.ContainerLostWhileGrading(work.Record.Id, State.Known, State.Suite.Tests.Count, e.Message);

    private async Task FollowAsync(Func<CancellationToken, IAsyncEnumerable<RunnerEvent>> run, TimeSpan timeLeft, Shard shard, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, work.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await foreach (RunnerEvent received in run(either.Token))
            {
                if (!await RecordAsync(received, shard, either.Token))
                {
                    return; // the rest is another's, or goes on in another container, without what need not run any more
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The runner should have ended it long ago: whatever held it up, the time of this test is over.
            TestRun late = _current ?? throw new ContainerLostException("The container was silent for longer than all its limits.", outOfMemory: false);
            Add(shard, late.End(Verdict.TimeLimit, ResourceLimit.WallTime, "Ended from outside at its time limit.") with { TimeIsSure = false }, endedWell: false);
        }
    }

    /// <returns>Whether this container has to go on.</returns>
    private async ValueTask<bool> RecordAsync(RunnerEvent received, Shard shard, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case CaseStartedEvent { Step: ExecutionPlan.RunStep } started:
                return await TryBeginAsync(shard, work.FindTest(started.Case), cancellationToken);
            case OutputEvent { Step: ExecutionPlan.RunStep } output:
                Current(output.Case).Add(output);
                return true;
            case FileEvent { Purpose: FilePurpose.Artifact } file when _current is not null:
                _current.Add(file);
                return true;
            case FileRefusedEvent { Purpose: FilePurpose.Artifact } refused when _current is not null:
                _current.Refuse(refused);
                return true;
            case CaseEndedEvent { Step: ExecutionPlan.RunStep } ended:
                return await EndAsync(shard, Current(ended.Case), ended, cancellationToken);
            case StepEndedEvent { Step: ExecutionPlan.CompileStep, Succeeded: true } when shard.Compiles:
                await work.Recorder.RecordAsync(received, cancellationToken);
                lanes.Compiled(work.Recorder.KeptFiles);
                return true;
            default:
                if (shard.Compiles)
                {
                    await work.Recorder.RecordAsync(received, cancellationToken);
                }

                return true;
        }
    }

    private async Task<bool> TryBeginAsync(Shard shard, GradedTest test, CancellationToken cancellationToken)
    {
        if (_runs?.Test != test)
        {
            if (!shard.Claim.TryBegin(test))
            {
                shard.CameLate = true;
                return false;
            }

            _runs = new TestRuns(test, work.Spec.Runs);
        }

        CheckerSpec checker = State.Suite.CheckerOf(test);
        bool whole = checker is CheckerSpec.Program or CheckerSpec.Kept;
        byte[] expected = test.Expected is { } data && !whole ? await work.Suites.ReadAsync(data, cancellationToken) : [];
        _current = new TestRun(test, checker, expected, work.Secrets, work.Options.ShownBytes, whole ? test.LimitsFrom(work.Spec.Limits).OutputKb << 10 : 0) { Failure = shard.Failure, OutputFile = State.Suite.OutputFile };
        _crowded = lanes.HasNeighbours;
        lanes.Began();
        return true;
    }

    private async Task<bool> EndAsync(Shard shard, TestRun run, CaseEndedEvent ended, CancellationToken cancellationToken)
    {
        _current = null;
        if (State.HasEnded(run.Test))
        {
            shard.CameLate = true;
            return !State.CanSkipAnyOf(shard.Claim.Held());
        }

        bool alone = shard.Alone || !(_crowded || lanes.HasNeighbours);
        TestResult result = TimeDoubt.Marked(run.End(ended), run.Test.LimitsFrom(work.Spec.Limits), alone);
        if (result.TimeIsSure == false)
        {
            shard.HadDoubts = true;
            _runs = null; // all of them once more
            lanes.GoAlone();
            return false;
        }

        if (run.NeedsProgram && result.Verdict == Verdict.Accepted)
        {
            _runs!.Add(result, run.Output);
            TakeIfOver(shard);
        }
        else
        {
            if (run.IsKept && result.Verdict == Verdict.Accepted)
            {
                await work.KeepOutputAsync(run.Test, run.Output, cancellationToken);
            }

            Add(shard, result, endedWell: ended is { ExitCode: 0, Limit: null });
        }

        await lanes.EndedAsync(result);
        if (_runs is not null)
        {
            return true; // the same again
        }

        await work.Journal.WriteAsync(onlyWhenDue: true, cancellationToken);
        return shard.Alone == lanes.IsAlone && !lanes.ShouldMakeRoom && (shard.ToCheck.Count > 0 || !State.CanSkipAnyOf(shard.Claim.Held()));
    }

    private void Add(Shard shard, TestResult result, bool endedWell)
    {
        _runs!.Add(result, endedWell);
        TakeIfOver(shard);
    }

    private void TakeIfOver(Shard shard)
    {
        if (_runs is not { IsOver: true } runs)
        {
            return;
        }

        _runs = null;
        if (runs.ToCheck.Count > 0)
        {
            shard.ToCheck.AddRange(runs.ToCheck);
        }
        else
        {
            shard.Noted++;
            State.Note(runs.Test, runs.Result());
        }
    }

    // A runner that was taken over could speak of any test: only of the one at work is it believed.
    private TestRun Current(string id) => _current?.Test.Id == id
        ? _current
        : throw new ContainerLostException($"The runner spoke of a test '{id}' that it was not at work on.", outOfMemory: false);

    /// <summary>What is going on in one container.</summary>
    private sealed record Shard(TestClaim Claim, bool Alone, bool Compiles)
    {
        public FailurePattern? Failure { get; init; }

        public List<OutputToCheck> ToCheck { get; } = [];

        public int Noted { get; set; }

        /// <summary>It came to tests that another lane has taken, that were judged before, or that a failure elsewhere has made pointless meanwhile.</summary>
        public bool CameLate { get; set; }

        /// <summary>It will run a test once more.</summary>
        public bool HadDoubts { get; set; }

        public bool IsDry => Noted == 0 && ToCheck.Count == 0 && !CameLate && !HadDoubts;
    }
}
