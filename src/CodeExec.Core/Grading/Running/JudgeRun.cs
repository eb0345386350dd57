using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Runs checkers that are programs, each in a container of its own, over many outputs at once.</summary>
public sealed class JudgeRun(JudgePrograms judges, ContainerProviders providers, RunContainers containers, RunningExecutions running, TestSuites suites, TimeProvider clock)
{
    /// <summary>Checks these outputs, and notes the results in the order in which they ran.</summary>
    internal async Task CheckAsync(ExecutionRecord record, ExecutionSpec spec, GradingState state, IReadOnlyList<OutputToCheck> outputs, CancellationToken cancellationToken)
    {
        foreach (IGrouping<int, OutputToCheck> run in outputs.GroupBy(output => output.Run)) // of almost all tests there is one
        {
            Dictionary<string, CheckResult> checks = new(StringComparer.Ordinal);
            foreach (IGrouping<JudgeProgram, OutputToCheck> same in Same(run, state.Suite))
            {
                await CheckAsync(record, spec, same.Key, [.. same], checks, cancellationToken);
            }

            foreach (OutputToCheck output in run)
            {
                output.Runs.Checked(output, checks[output.Test.Id]);
            }
        }

        foreach (TestRuns runs in outputs.Select(output => output.Runs).Distinct())
        {
            state.Note(runs.Test, runs.Result());
        }
    }

    private static IEnumerable<IGrouping<JudgeProgram, OutputToCheck>> Same(IEnumerable<OutputToCheck> outputs, TestSuite suite)
        => outputs.GroupBy<OutputToCheck, JudgeProgram>(output => suite.CheckerOf(output.Test).FinalJudge!, ReferenceEqualityComparer.Instance);

    private async Task CheckAsync(
        ExecutionRecord record, ExecutionSpec spec, JudgeProgram program, List<OutputToCheck> left, Dictionary<string, CheckResult> checks, CancellationToken cancellationToken)
    {
        ReadyJudge judge = await judges.PrepareAsync(record, spec, program, cancellationToken);
        IContainerProvider provider = providers.Find(spec.Provider)!; // it has just run the program
        while (left.Count > 0)
        {
            JudgeRecorder recorder = new(left, program.Protocol) { Failure = judge.Plan.Failure };
            if (judge.Complaint is { } complaint)
            {
                recorder.EndAll("The checker does not compile.", complaint);
            }
            else
            {
                await RunAsync(record, spec, provider, await JudgeJob.MakeAsync(judge.Plan, program, left, suites, cancellationToken), recorder, cancellationToken);
            }

            foreach ((string test, CheckResult check) in recorder.Checks)
            {
                checks[test] = check;
            }

            int before = left.Count;
            left = [.. left.Where(output => !checks.ContainsKey(output.Test.Id))];
            if (left.Count == before)
            {
                throw new ContainerLostException("A checker's job ended without a result.", outOfMemory: false);
            }
        }
    }

    private async Task RunAsync(ExecutionRecord record, ExecutionSpec spec, IContainerProvider provider, JudgeJob job, JudgeRecorder recorder, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Timeout.InfiniteTimeSpan, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await containers.UseAsync(
                running.For(record.Id),
                record.Id,
                provider,
                job.Plan.Container,
                spec.Priority,
                async container =>
                {
                    deadline.CancelAfter(job.Plan.Deadline + container.Lag); // its making takes none of the job's time
                    await foreach (RunnerEvent received in container.RunAsync(job.Plan.Job, job.Plan.Limits, either.Token))
                    {
                        recorder.Record(received);
                    }
                },
                either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (!recorder.IsAtWork)
            {
                throw new ContainerLostException("A checker's container was silent for longer than all its limits.", outOfMemory: false, e);
            }

            recorder.EndCurrent("The checker did not end.");
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            recorder.EndCurrent("The checker ran out of memory.");
        }
    }
}
