using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>
/// Runs programs of authors as graded executions: compiled once, in cells, without a network, across crashes. They are no tenant's, so that
/// nobody finds them, their outputs or their costs among those of people.
/// </summary>
public sealed class CheckRuns(PreparedSubmissions prepared, IExecutionService executions, TestResults results, ContainerProviders providers, ProblemChecks checks, TimeProvider clock)
{
    /// <summary>How long one step waits; what is not done by then is for the next.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(20);

    /// <param name="wanted">By what is run, as it is called within this check.</param>
    /// <returns>In the order of what is wanted; null as long as something runs.</returns>
    internal async Task<IReadOnlyList<CheckRun>?> RunAsync(ProblemCheck check, IReadOnlyList<(string Key, ExecutionSpec Spec)> wanted, CancellationToken cancellationToken)
    {
        Dictionary<string, ExecutionId> ids = new(check.Executions, StringComparer.Ordinal);
        foreach ((string key, ExecutionSpec spec) in wanted.Where(one => !ids.ContainsKey(one.Key)))
        {
            ids[key] = await SubmitAsync(check, key, spec, cancellationToken);
        }

        if (ids.Count > check.Executions.Count)
        {
            await checks.ChangeAsync(check.Tenant, check.Id, one => one with { Executions = ids }, cancellationToken);
        }

        DateTimeOffset until = clock.GetUtcNow() + Slice;
        List<CheckRun> runs = [];
        foreach ((string key, _) in wanted)
        {
            TimeSpan left = until - clock.GetUtcNow();
            ExecutionRecord? record = await executions.WaitAsync(TenantOf(check), ids[key], left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            if (record is { } running && !running.Status.IsFinal())
            {
                return null;
            }

            runs.Add(new CheckRun(ids[key], record, record?.Grade is { } grade ? await results.LoadAsync(grade, cancellationToken) : []));
        }

        return runs;
    }

    /// <summary>Nothing of them stays but what the report says.</summary>
    internal async Task ForgetAsync(ProblemCheck check, CancellationToken cancellationToken)
    {
        foreach (ExecutionId id in check.Executions.Values)
        {
            await executions.DeleteAsync(TenantOf(check), id, cancellationToken);
        }
    }

    /// <summary>What it writes into files that it is run for.</summary>
    internal ExecutionSpec SpecOf(JudgeProgram program, IReadOnlyList<string> arguments, IReadOnlyList<string> files)
        => program.ToExecution(providers.Default) with { Args = [.. program.Args, .. arguments], Artifacts = files };

    /// <returns>Null if it did not write such a file, or none that is kept.</returns>
    internal Task<Stream?> OpenFileAsync(ProblemCheck check, CheckRun run, string file, CancellationToken cancellationToken)
        => executions.OpenArtifactAsync(TenantOf(check), run.Id, file, cancellationToken);

    internal ExecutionSpec SpecOf(JudgeProgram program, IReadOnlyList<GradedTest> tests)
        => program.ToExecution(providers.Default) with { Grading = new GradingSpec { Suite = new TestSuite { Tests = tests } } };

    private async Task<ExecutionId> SubmitAsync(ProblemCheck check, string key, ExecutionSpec spec, CancellationToken cancellationToken)
    {
        string name = $"check:{check.Id}:{key}";
        return await prepared.AcceptAsync(TenantOf(check), spec, new IdempotencyKey(name, name), cancellationToken) switch
        {
            SubmitOutcome.Accepted accepted => accepted.Record.Id,
            SubmitOutcome.Repeated repeated => repeated.Record.Id,
            SubmitOutcome.Busy busy => throw new EngineBusyException("execution", 0, busy.RetryAfter),
            var other => throw new InvalidOperationException($"A program of check {check.Id} was answered with {other}."),
        };
    }

    // No tenant's name has such a character: no key can be made for it.
    private static TenantId TenantOf(ProblemCheck check) => new($"{check.Tenant}~checks");
}

/// <param name="Record">Null: somebody has removed it.</param>
internal sealed record CheckRun(ExecutionId Id, ExecutionRecord? Record, IReadOnlyList<TestResult> Results)
{
    /// <summary>Why there are no results that say something of the program; null if there are.</summary>
    public string? Obstacle => Record is null ? "It was removed while it ran. Check again."
        : Record.Error is { } error ? $"It could not be run: {error.Message}"
        : Results.Any(result => result.Verdict == Verdict.CompileError) ? $"It does not compile: {Compiler(Record)}"
        : Record is { Grade: null, Outcome: { } outcome } ? WhyNot(Record, outcome)
        : Results.Count == 0 ? "It was not run."
        : null;

    public TestResult? Of(string test) => Results.FirstOrDefault(result => result.Id == test);

    // Of one that is run for its files.
    private static string? WhyNot(ExecutionRecord record, ExecutionOutcome outcome) => outcome switch
    {
        ExecutionOutcome.Exited { Code: 0 } => null,
        ExecutionOutcome.CompileFailed => $"It does not compile: {Compiler(record)}",
        _ => $"{OutcomeText.For(outcome)}. {record.Run?.Stderr.Text}".Trim(),
    };

    private static string Compiler(ExecutionRecord record)
        => (record.Compile?.Stderr.Text is { Length: > 0 } errors ? errors : record.Compile?.Stdout.Text ?? "").Trim();
}
