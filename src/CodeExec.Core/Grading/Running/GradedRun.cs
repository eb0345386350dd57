using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading.Interacting;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Grading.Running;

/// <summary>
/// Grades an execution: compiles once, gives the tests to containers, compares what comes out here, and reports one result
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
    InteractiveRun interactive,
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
        await using JobRecorder recorder = new(record.Id, [.. secrets.Values], shown: null, blobs, new AlreadyTold(feed, told), clock);
        GradingJournal journal = new(record.Id, state, results, clock, logger);
        byte[][] masked = [.. secrets.Values.Select(Encoding.UTF8.GetBytes)];
        GradedWork work = new(entry, record, spec, provider, containers, follower, recorder, state, journal, suites, options.Value, masked, feed, clock, logger)
        {
            IsOneByOne = plan.CompileKey is null && provider.MakesForTheAsking(plan.Container),
            StartedAt = left is null ? null : record.StartedAt ?? left.Run.StartedAt,
            KeepOutputAsync = (test, output, token) => results.WriteOutputAsync(record.Id, test.Id, output, token),
            KeepProgramAsync = token => compiled.KeepAsync(Fresh(plan, kept, recorder), token),
        };
        ExecutionOutcome? early = null;
        try
        {
            TestLanes lanes = new(work, new TestClaims(state, spec.Limits, options.Value, work.IsOneByOne), judges, interactive);
            early = await lanes.RunAsync(kept is null ? plan : plan.WithCompiled(kept.Files), left, either.Token);
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
