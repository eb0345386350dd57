using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Makes checkers and interactors ready to run: each is compiled once, for all tests and all executions that have the same.</summary>
public sealed class JudgePrograms(ExecutionPlanner planner, CompileCache compiled, ContainerProviders providers, RunContainers containers, RunningExecutions running, TimeProvider clock)
{
    private const int ShownOfACompiler = 1000;

    // So that executions that begin together do not all compile the same. Few suffice: who waits for another's has lost no more than a compilation.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 8).Select(_ => new SemaphoreSlim(1))];

    internal async Task<ReadyJudge> PrepareAsync(ExecutionRecord record, ExecutionSpec spec, JudgeProgram program, CancellationToken cancellationToken)
    {
        ExecutionPlan plan = planner.Plan(record, program.ToExecution(spec.Provider) with { Priority = spec.Priority }, new Dictionary<string, string>());
        if (plan.CompileKey is not { } key)
        {
            return new ReadyJudge(plan, null);
        }

        SemaphoreSlim turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(key) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (await compiled.FindAsync(key, cancellationToken) is { } kept)
            {
                return new ReadyJudge(plan.WithCompiled(kept.Files), null);
            }

            JudgeCompilation fresh = await CompileAsync(record, spec, plan, cancellationToken);
            if (fresh.Program is not { } made)
            {
                return new ReadyJudge(plan, fresh.Complaint);
            }

            await compiled.KeepAsync(new FreshProgram(key, made), cancellationToken);
            return new ReadyJudge(plan.WithCompiled(made.Files), null);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<JudgeCompilation> CompileAsync(ExecutionRecord record, ExecutionSpec spec, ExecutionPlan plan, CancellationToken cancellationToken)
    {
        JudgeCompilation compilation = new(ShownOfACompiler);
        ExecutionPlan onlyCompiling = plan.OnlyCompiling();
        using CancellationTokenSource deadline = new(Timeout.InfiniteTimeSpan, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await containers.UseAsync(
                running.For(record.Id),
                record.Id,
                providers.Find(spec.Provider)!, // it has run the program, or is about to
                plan.Container,
                spec.Priority,
                async container =>
                {
                    deadline.CancelAfter(plan.Deadline + container.Lag); // what it waits for a place is not its compiler's time
                    await foreach (RunnerEvent received in container.RunAsync(onlyCompiling.Job, plan.Limits, either.Token))
                    {
                        compilation.Record(received);
                    }
                },
                either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            compilation.Fail("its compiler did not end");
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            compilation.Fail("its compiler ran out of memory");
        }

        return compilation;
    }
}

/// <param name="Plan">Runs it, once it is given what to judge.</param>
/// <param name="Complaint">Why it can not be run; null if it can.</param>
internal sealed record ReadyJudge(ExecutionPlan Plan, string? Complaint);
