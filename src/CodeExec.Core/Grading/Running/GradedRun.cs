using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using Microsoft.Extensions.Logging;
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
    RunContainers containers,
    JobFollower follower,
    TestSuites suites,
    TestResults results,
    JudgeRun judges,
    IOptions<GradingOptions> options,
    TimeProvider clock,
    ILogger<GradedRun> logger)
{
    /// <param name="left">The container to go on with; null to begin with the next.</param>
    /// <exception cref="RunLeftException">It goes on, and may be taken up again.</exception>
    public async Task<ContainerRunResult> RunAsync(RunningExecution entry, ExecutionRecord record, ExecutionSpec spec, FoundRun? left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        TestSuite suite = await suites.LoadAsync(spec.Grading!, cancellationToken);
        ILogWriter feed = await entry.OpenFeedAsync(logs, record, cancellationToken);
        GradingState state = new(record.Id, suite, feed, clock);
        long told = await RememberAsync(state, feed, left?.Run.FeedStart ?? long.MaxValue, cancellationToken);

        IReadOnlyDictionary<string, string> secrets = planner.Reveal(spec);
        ExecutionPlan plan = planner.Plan(record, spec, secrets);
        CompiledProgram? kept = plan.CompileKey is null || left is { Run.FromCache: false } ? null : await compiled.FindAsync(plan.CompileKey, cancellationToken);
        IContainerProvider provider = providers.Find(spec.Provider)
            ?? throw new ContainerUnavailableException($"This host has no container provider '{spec.Provider}'.");

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Stopped);
        await using JobRecorder recorder = new(record.Id, [.. secrets.Values], blobs, new AlreadyTold(feed, told), clock);
        GradedShardRun shards = new(entry, record, spec, provider, containers, follower, left, recorder, state, suites, options.Value, [.. secrets.Values.Select(Encoding.UTF8.GetBytes)], feed, clock, logger);
        ExecutionOutcome? early = null;
        try
        {
            early = await RunAllAsync(plan, kept, left, shards, recorder, state, record, spec, either.Token);
        }
        catch (OperationCanceledException) when (entry.Stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            state.EndAll(Verdict.Cancelled, "Stopped before it was judged.");
            early = new ExecutionOutcome.Cancelled();
        }
        catch
        {
            await shards.WriteJournalAsync(results, onlyWhenDue: false, CancellationToken.None); // another try, or another life, goes on from here
            throw;
        }

        return await ReportAsync(plan, kept, shards, state, spec, early, recorder, cancellationToken);
    }

    /// <returns>An outcome other than that all was judged.</returns>
    private async Task<ExecutionOutcome?> RunAllAsync(
        ExecutionPlan plan,
        CompiledProgram? kept,
        FoundRun? left,
        GradedShardRun shards,
        JobRecorder recorder,
        GradingState state,
        ExecutionRecord record,
        ExecutionSpec spec,
        CancellationToken cancellationToken)
    {
        ExecutionPlan current = kept is null ? plan : plan.WithCompiled(kept.Files);
        while (true)
        {
            state.SkipWhatIsPointless();
            IReadOnlyList<GradedTest> shard = left is null ? TestShard.Take(state.Suite, state.Left, spec.Limits, options.Value) : state.Named(left.Run.Tests ?? []);
            if (shard.Count == 0)
            {
                return null;
            }

            GradedShard end = await shards.RunAsync(current, shard, results, cancellationToken);
            if (end.CompileFailed is { } failed)
            {
                state.EndAll(Verdict.CompileError, "The program did not compile.");
                return failed;
            }

            await judges.CheckAsync(record, spec, state, end.ToCheck, cancellationToken);
            if (end.Compiled is { } program)
            {
                current = plan.WithCompiled(program);
                if (!shards.EndWithTheirHost && state.Left.Any())
                {
                    await compiled.KeepAsync(Fresh(plan, kept, recorder), cancellationToken); // the next container may be followed by another host
                }
            }

            left = null;
        }
    }

    private async Task<ContainerRunResult> ReportAsync(
        ExecutionPlan plan,
        CompiledProgram? kept,
        GradedShardRun shards,
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
            StartedAt = shards.StartedAt,
            EndedAt = clock.GetUtcNow(),
            Compile = kept is null ? recorder.Compile : kept.Compile with { FromCache = true },
            Isolation = shards.Isolation,
            Grade = await results.StoreAsync(state.Id, grade, all, cancellationToken),
        };
        return new(report, Fresh(plan, kept, recorder));
    }

    private static FreshProgram? Fresh(ExecutionPlan plan, CompiledProgram? kept, JobRecorder recorder)
        => plan.CompileKey is { } key && kept is null && recorder is { CompileSucceeded: true, Compile: { } compile, KeptFiles.Count: > 0 }
            ? new FreshProgram(key, new CompiledProgram(recorder.KeptFiles, compile))
            : null;

    /// <summary>After a crash: what the journal has is known, what the feed has told is not told again.</summary>
    /// <returns>How many entries the feed has after that sequence, tests aside.</returns>
    private async Task<long> RememberAsync(GradingState state, ILogWriter feed, long after, CancellationToken cancellationToken)
    {
        const int EntriesOfABeginning = 2;
        if (feed.LastSequence <= EntriesOfABeginning)
        {
            return 0;
        }

        long others = 0;

        HashSet<string> told = new(StringComparer.Ordinal);
        await foreach (LogEntry entry in logs.ReadAsync(state.Id, 0, cancellationToken))
        {
            if (entry.Test is { } test)
            {
                told.Add(test.Id);
            }
            else if (entry.Sequence > after)
            {
                others++;
            }
        }

        IReadOnlyList<TestResult> known = await results.ReadJournalAsync(state.Id, cancellationToken);
        state.Remember(known, told);
        logger.GradingResumed(state.Id, known.Count, state.Suite.Tests.Count);
        return others;
    }
}
