using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Running;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>Runs tests in which an interactor speaks with the program, each in two containers that nothing has run in before.</summary>
public sealed class InteractiveRun(JudgePrograms judges, RunContainers containers, TestSuites suites, IOptions<GradingOptions> options, TimeProvider clock, ILogger<GradedRun> logger)
{
    /// <param name="plan">Of the program; it is compiled first if that has not been done.</param>
    /// <exception cref="ContainerLostException">Not the program's doing, nor the interactor's. Nothing is noted.</exception>
    internal async Task<GradedShard> RunAsync(GradedWork work, TestLanes lanes, ExecutionPlan plan, GradedTest test, CancellationToken cancellationToken)
    {
        if (plan.Job.Steps.Any(step => step.Name == ExecutionPlan.CompileStep))
        {
            if (await CompileAsync(work, plan, cancellationToken) is { } failed)
            {
                return new GradedShard(failed, null, []);
            }

            plan = plan.WithCompiled(work.Recorder.KeptFiles);
            lanes.Compiled(work.Recorder.KeptFiles);
        }

        CheckerSpec.Interactor checker = (CheckerSpec.Interactor)work.State.Suite.CheckerOf(test);
        ReadyJudge judge = await judges.PrepareAsync(work.Record, work.Spec, checker.Judge, cancellationToken);
        IReadOnlyList<OutputToCheck> toCheck = [];
        if (judge.Complaint is { } complaint)
        {
            Fail(work.State, checker.Judge, CheckResult.JudgeFailed("The interactor does not compile.", complaint));
        }
        else
        {
            TestRuns runs = new(test, work.Spec.Runs);
            bool isSure = true;
            while (isSure && !runs.IsOver)
            {
                isSure = await InteractAsync(work, lanes, plan, judge.Plan, runs, checker, cancellationToken);
            }

            toCheck = isSure ? runs.ToCheck : [];
            if (!isSure)
            {
                lanes.GoAlone(); // all of them once more, with a processor to themselves
            }
            else if (toCheck.Count == 0)
            {
                work.State.Note(test, runs.Result());
            }
        }

        return new GradedShard(null, work.Recorder.KeptFiles.Count > 0 ? work.Recorder.KeptFiles : null, toCheck);
    }

    // All of its tests at once: it would not compile for the next one either.
    private static void Fail(GradingState state, JudgeProgram interactor, CheckResult failed)
    {
        foreach (GradedTest test in state.Left.Where(test => state.Suite.CheckerOf(test) is CheckerSpec.Interactor other && other.Judge == interactor))
        {
            state.Note(test, TestRun.Without(test, failed));
        }
    }

    /// <returns>Null if there is a program now.</returns>
    private async Task<ExecutionOutcome?> CompileAsync(GradedWork work, ExecutionPlan plan, CancellationToken cancellationToken)
    {
        ExecutionPlan onlyCompiling = plan.OnlyCompiling();
        try
        {
            await InTimeAsync(work, plan.Deadline, (begin, token) => containers.UseAsync(
                work.Entry,
                work.Record.Id,
                work.Provider,
                plan.Container,
                work.Spec.Priority,
                async container =>
                {
                    begin();
                    await work.BeginAsync(container, onlyCompiling.Job, token);
                    await foreach (RunnerEvent received in container.RunAsync(onlyCompiling.Job, plan.Limits, token))
                    {
                        await work.Recorder.RecordAsync(received, token);
                    }
                },
                token), cancellationToken);
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            return new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory);
        }

        return work.Recorder.CompileSucceeded ? null : new ExecutionOutcome.CompileFailed(work.Recorder.Compile?.ExitCode);
    }

    /// <returns>False if time was short, and it was not alone.</returns>
    private async Task<bool> InteractAsync(
        GradedWork work, TestLanes lanes, ExecutionPlan plan, ExecutionPlan judge, TestRuns runs, CheckerSpec.Interactor checker, CancellationToken cancellationToken)
    {
        GradedTest test = runs.Test;
        ResourceLimits limits = test.LimitsFrom(work.Spec.Limits), ofInteractor = checker.Judge.Limits;
        ExecutionPlan ofProgram = await InteractionJobs.ForProgramAsync(plan, test, work.Spec.Limits, ofInteractor, suites, cancellationToken);
        judge = await InteractionJobs.ForInteractorAsync(judge, test, checker.Judge, work.Spec.Limits, suites, cancellationToken);
        bool alone = lanes.IsAlone;
        (ofProgram, judge) = alone ? (ofProgram with { Limits = ofProgram.Limits.Alone() }, judge with { Limits = judge.Limits.Alone() }) : (ofProgram, judge);
        byte[] expected = checker.Then is not null && test.Expected is { } answer ? await suites.ReadAsync(answer, cancellationToken) : [];
        InteractiveTest interactive = new(new TestRun(test, checker, default, work.Secrets, options.Value.ShownBytes, keep: 0) { Failure = plan.Failure }, checker, options.Value.ShownBytes) { Failure = judge.Failure };
        TestResult? result = null;
        bool isSure = true;
        await InTimeAsync(work, judge.Deadline + ofProgram.Deadline, (begin, token) => containers.UsePairAsync(
            work.Entry,
            work.Record.Id,
            work.Provider,
            (ofProgram.Container, judge.Container),
            work.Spec.Priority,
            alone,
            async (containerOfProgram, containerOfInteractor) =>
            {
                begin();
                await work.BeginAsync(containerOfProgram, ofProgram.Job, token);
                long begun = clock.GetTimestamp();
                bool crowded = lanes.HasNeighbours;
                lanes.Began();
                using InteractionSide program = new(Speaker.Program, containerOfProgram, ofProgram, token);
                using InteractionSide interactor = new(Speaker.Interactor, containerOfInteractor, judge, token);
                InteractionClock turns = new(clock, TimeSpan.FromMilliseconds(limits.WallTimeMs), TimeSpan.FromMilliseconds(ofInteractor.WallTimeMs), Later(containerOfProgram, containerOfInteractor));
                InteractionEnd end = await new Interaction(program, interactor, checker.Judge.Protocol, turns, interactive.Record, clock).RunAsync();
                isSure = alone || !(crowded || lanes.HasNeighbours);
                result = TimeDoubt.Marked(interactive.End(end, program.Result, turns.UsedByProgram, (then, output) => Check(then, test, expected, output)), limits, isSure);
                isSure |= result.TimeIsSure is null && !end.InteractorRanOutOfTime;
                await lanes.EndedAsync(result with { WallMs = clock.GetElapsedTime(begun).TotalMilliseconds });
            },
            token), cancellationToken);

        if (result!.Verdict == Verdict.Accepted && checker.FinalJudge is not null)
        {
            runs.Add(result, interactive.Output);
        }
        else
        {
            runs.Add(result, endedWell: result.Verdict == Verdict.Accepted);
        }

        return isSure;
    }

    private static TimeSpan Later(IContainer one, IContainer other) => one.ToBeHeard > other.ToBeHeard ? one.ToBeHeard : other.ToBeHeard;

    private static CheckResult Check(CheckerSpec checker, GradedTest test, byte[] expected, byte[] output)
    {
        if (test.Expected is null && checker is not CheckerSpec.Regex)
        {
            return CheckResult.Accepted; // nothing to compare with
        }

        OutputCheck check = OutputCheck.For(checker, expected);
        check.Add(output);
        return check.Complete();
    }

    // The runners should have ended it long ago: whatever held it up was no program. What it waits for a place is not its time.
    private async Task InTimeAsync(GradedWork work, TimeSpan most, Func<Action, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Timeout.InfiniteTimeSpan, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await run(() => deadline.CancelAfter(most), either.Token);
        }
        catch (ContainerLostException e) when (!e.OutOfMemory)
        {
            logger.ContainerLostWhileGrading(work.Record.Id, work.State.Known, work.State.Suite.Tests.Count, e.Message);
            throw;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ContainerLostException("A container was silent for longer than all its limits.", outOfMemory: false, e);
        }
    }
}
