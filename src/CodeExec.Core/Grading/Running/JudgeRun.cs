using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Runs checkers that are programs, each in a container of its own, over many outputs at once.</summary>
public sealed class JudgeRun(ExecutionPlanner planner, CompileCache compiled, ContainerProviders providers, RunContainers containers, RunningExecutions running, TestSuites suites, TimeProvider clock)
{
    private const int ShownOfAChecker = 1000;

    /// <summary>Checks these outputs, and notes the results in the order in which they ran.</summary>
    internal async Task CheckAsync(ExecutionRecord record, ExecutionSpec spec, GradingState state, IReadOnlyList<OutputToCheck> outputs, CancellationToken cancellationToken)
    {
        Dictionary<string, CheckResult> checks = new(StringComparer.Ordinal);
        foreach (IGrouping<JudgeProgram, OutputToCheck> same in Same(outputs, state.Suite))
        {
            await CheckAsync(record, spec, same.Key, [.. same], checks, cancellationToken);
        }

        foreach (OutputToCheck output in outputs)
        {
            // One that ran before it was known that another had failed.
            state.Note(output.Test, state.ReasonToSkip(output.Test) is { } reason
                ? TestRun.Without(output.Test, Verdict.Skipped, reason)
                : TestRun.With(output.Result, output.Test, checks[output.Test.Id]));
        }
    }

    private static IEnumerable<IGrouping<JudgeProgram, OutputToCheck>> Same(IReadOnlyList<OutputToCheck> outputs, TestSuite suite)
        => outputs.GroupBy<OutputToCheck, JudgeProgram>(output => ((CheckerSpec.Program)suite.CheckerOf(output.Test)).Checker, ReferenceEqualityComparer.Instance);

    private async Task CheckAsync(
        ExecutionRecord record, ExecutionSpec spec, JudgeProgram program, List<OutputToCheck> left, Dictionary<string, CheckResult> checks, CancellationToken cancellationToken)
    {
        ExecutionSpec asExecution = new()
        {
            Language = program.Language,
            Version = program.Version,
            Files = program.Files,
            Entry = program.Entry,
            Limits = program.Limits,
            CompileLimits = program.CompileLimits,
            CompileArgs = program.CompileArgs,
            Provider = spec.Provider,
            Priority = spec.Priority,
        };
        ExecutionPlan plan = planner.Plan(record, asExecution, new Dictionary<string, string>());
        CompiledProgram? kept = plan.CompileKey is null ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);
        IContainerProvider provider = providers.Find(spec.Provider)!; // it has just run the program
        while (left.Count > 0)
        {
            JudgeJob job = await JudgeJob.MakeAsync(kept is null ? plan : plan.WithCompiled(kept.Files), program, left, suites, cancellationToken);
            JudgeRecorder recorder = new(left, program.Protocol, ShownOfAChecker) { Failure = plan.Failure };
            await RunAsync(record, spec, provider, job, recorder, cancellationToken);
            if (recorder.CompileFailure is { } failure)
            {
                recorder.EndAll($"The checker does not compile: {failure}");
            }
            else if (kept is null && plan.CompileKey is { } key && recorder.Compiled is { } fresh)
            {
                kept = fresh;
                await compiled.KeepAsync(new FreshProgram(key, fresh), cancellationToken);
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
        using CancellationTokenSource deadline = new(job.Plan.Deadline, clock);
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
                    await foreach (RunnerEvent received in container.RunAsync(job.Plan.Job, job.Plan.Limits, either.Token))
                    {
                        recorder.Record(received);
                    }
                },
                either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            recorder.EndCurrent("The checker did not end.");
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            recorder.EndCurrent("The checker ran out of memory.");
        }
    }
}
