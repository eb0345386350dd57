using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Interacting;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Grading.Running;

/// <summary>
/// Grades an execution: compiles once, gives all tests to as few containers as can be, compares what comes out here, and reports one result
/// for each test. Throws only for what we failed to do; a repeated call goes on where the journal ends.
/// </summary>
public sealed class GradedRun(
    ILogStore logs,
    IBlobStore blobs,
    ExecutionPlanner planner,
    CompileCache compiled,
    ContainerProviders providers,
    GradingContainers containers,
    TestSuites suites,
    TestResults results,
    JudgeRun judges,
    InteractiveRun interactive,
    IOptions<GradingOptions> options,
    TimeProvider clock)
{
    public async Task<ContainerRunResult> RunAsync(RunningExecution entry, ExecutionRecord record, ExecutionSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        TestSuite suite = await suites.LoadAsync(spec.Grading!, cancellationToken);
        ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
        GradingState state = new(record.Id, suite, feed, clock);
        await RememberAsync(state, feed, cancellationToken);

        IReadOnlyDictionary<string, string> secrets = planner.Reveal(spec);
        ExecutionPlan plan = planner.Plan(record, spec, secrets);
        CompiledProgram? kept = plan.CompileKey is null ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);
        IContainerProvider provider = providers.Find(spec.Provider)
            ?? throw new ContainerUnavailableException($"This host has no container provider '{spec.Provider}'.");

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Stopped);
        await using JobRecorder recorder = new(record.Id, [.. secrets.Values], blobs, feed, clock);
        GradingJournal journal = new(record.Id, state, results, containers, clock);
        GradedWork work = new(entry, record, spec, provider, containers, recorder, state, journal, suites, options.Value, [.. secrets.Values.Select(Encoding.UTF8.GetBytes)], feed, clock)
        {
            IsOneByOne = plan.CompileKey is null && provider.MakesForTheAsking(plan.Container),
        };
        ExecutionOutcome? early = null;
        try
        {
            TestLanes lanes = new(work, new TestClaims(state, spec.Limits, options.Value, work.IsOneByOne), judges, interactive);
            early = await lanes.RunAsync(kept is null ? plan : plan.WithCompiled(kept.Files), either.Token);
        }
        catch (OperationCanceledException) when (entry.Stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            state.EndAll(Verdict.Cancelled, "Stopped before it was judged.");
            early = new ExecutionOutcome.Cancelled();
        }
        catch
        {
            await journal.WriteAsync(onlyWhenDue: false, CancellationToken.None); // another try, or another life, goes on from here
            throw;
        }

        return await ReportAsync(plan, kept, work, state, spec, early, recorder, cancellationToken);
    }

    private async Task<ContainerRunResult> ReportAsync(
        ExecutionPlan plan,
        CompiledProgram? kept,
        GradedWork work,
        GradingState state,
        ExecutionSpec spec,
        ExecutionOutcome? early,
        JobRecorder recorder,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<TestResult> all = state.InOrder();
        Grade grade = new() { Score = ScoreRules.Of(state.Suite, all), Problem = spec.Grading!.Problem, IsPart = spec.Grading.Selection is not null };
        ExecutionReport report = new()
        {
            Outcome = early ?? new ExecutionOutcome.Graded(grade.Score.Verdict),
            StartedAt = work.StartedAt,
            EndedAt = clock.GetUtcNow(),
            Compile = kept is null ? recorder.Compile : kept.Compile with { FromCache = true },
            Isolation = work.Isolation,
            Grade = await results.StoreAsync(state.Id, grade, all, cancellationToken),
        };
        FreshProgram? fresh = plan.CompileKey is { } key && kept is null && recorder is { CompileSucceeded: true, Compile: { } compile, KeptFiles.Count: > 0 }
            ? new FreshProgram(key, new CompiledProgram(recorder.KeptFiles, compile))
            : null;
        return new(report, fresh);
    }

    /// <summary>After a crash: what the journal has is known, what the feed has told is not told again.</summary>
    private async Task RememberAsync(GradingState state, ILogWriter feed, CancellationToken cancellationToken)
    {
        const int EntriesOfABeginning = 2;
        if (feed.LastSequence <= EntriesOfABeginning)
        {
            return;
        }

        HashSet<string> told = new(StringComparer.Ordinal);
        await foreach (LogEntry entry in logs.ReadAsync(state.Id, 0, cancellationToken))
        {
            if (entry.Test is { } test)
            {
                told.Add(test.Id);
            }
        }

        IReadOnlyList<TestResult> known = await results.ReadJournalAsync(state.Id, cancellationToken);
        state.Remember(known, told);
        containers.TellResumed(state.Id, known.Count, state.Suite.Tests.Count);
    }
}
