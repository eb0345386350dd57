using CodeExec.Api.Access;
using CodeExec.Api.Displays;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Executions;

/// <summary>Shows executions to users.</summary>
internal sealed class ExecutionViews(IExecutionService executions, TestResults tests, DisplayViews displays)
{
    /// <summary>With its outputs whole, for anybody who may read it: what belongs to hidden tests is left out.</summary>
    public ValueTask<ExecutionView> WholeAsync(ExecutionRecord record, CancellationToken cancellationToken)
        => record.Grade is not null ? WithTestsAsync(record, author: false, cancellationToken)
            : IsWhole(record.Compile) && IsWhole(record.Run) && record.Displays is null
            ? ValueTask.FromResult(View(record, Step(record.Compile), Step(record.Run)))
            : ReadWholeAsync(record, cancellationToken);

    /// <summary>As <see cref="WholeAsync(ExecutionRecord, CancellationToken)"/>; an admin sees hidden tests too.</summary>
    public ValueTask<ExecutionView> WholeAsync(ExecutionRecord record, Caller caller, CancellationToken cancellationToken)
        => record.Grade is not null && caller.Role == Role.Admin ? WithTestsAsync(record, author: true, cancellationToken) : WholeAsync(record, cancellationToken);

    private async ValueTask<ExecutionView> WithTestsAsync(ExecutionRecord record, bool author, CancellationToken cancellationToken)
    {
        IReadOnlyList<TestResult> results = await tests.LoadAsync(record.Grade!, cancellationToken);
        ExecutionView view = await ReadWholeAsync(record, cancellationToken);
        return view with { Tests = [.. results.Select(result => TestView.Of(result, author))] };
    }

    /// <summary>For lists: outputs that stand in blobs are shown by their beginning.</summary>
    public static ExecutionView Abridged(ExecutionRecord record) => View(record, Step(record.Compile), Step(record.Run));

    /// <summary>Relative, so that it is right behind every proxy and repeats no host name that a client made up.</summary>
    public static string Url(ExecutionId id) => $"/api/executions/{id}";

    private async ValueTask<ExecutionView> ReadWholeAsync(ExecutionRecord record, CancellationToken cancellationToken)
        => View(record, await ReadStepAsync(record.Compile, cancellationToken), await ReadStepAsync(record.Run, cancellationToken)) with
        {
            Displays = await displays.WholeAsync(record, cancellationToken),
        };

    private async ValueTask<StepView?> ReadStepAsync(StepResult? step, CancellationToken cancellationToken)
        => step is null
            ? null
            : Step(step)! with
            {
                Stdout = await executions.ReadOutputAsync(step.Stdout, cancellationToken),
                Stderr = await executions.ReadOutputAsync(step.Stderr, cancellationToken),
                Abridged = false,
            };

    private static bool IsWhole(StepResult? step) => step is null or { Stdout.Blob: null, Stderr.Blob: null };

    private static ExecutionView View(ExecutionRecord record, StepView? compile, StepView? run) => new(
        record.Id,
        record.Status,
        record is { Status: ExecutionStatus.Completed, Outcome: not ExecutionOutcome.Graded { Verdict: not Verdict.Accepted } },
        Outcome(record.Outcome),
        record.Language,
        record.Version,
        record.Provider,
        record.CreatedAt,
        record.StartedAt,
        record.EndedAt,
        Milliseconds(record.DueAt, record.EndedAt),
        compile,
        run,
        new(
            Milliseconds(record.DueAt, record.PreparedAt ?? record.StartedAt ?? record.EndedAt),
            Milliseconds(record.PreparedAt, record.StartedAt ?? record.EndedAt),
            Milliseconds(record.StartedAt, record.EndedAt)),
        record.Artifacts.Count == 0 ? [] : [.. record.Artifacts.Select(artifact => Artifact(record.Id, artifact))],
        DisplayViews.Abridged(record),
        record.Error is { } error ? new(error.Type, error.Message) : null,
        record.Labels)
    {
        Cost = CostView.Of(record.Cost),
        StartAt = record.StartAt,
        Isolation = record.Isolation,
        Student = record.Student,
        Problem = record.Problem,
        Verdict = record.Grade?.Score.Verdict,
        Score = record.Grade?.Points,
        MaxScore = record.Grade?.Score.MaxPoints,
        Grade = record.Grade is { } grade ? GradeView.Of(grade) : null,
    };

    private static OutcomeView? Outcome(ExecutionOutcome? outcome) => outcome switch
    {
        null => null,
        ExecutionOutcome.Exited exited => new("exited", exited.Code, null, null),
        ExecutionOutcome.Signalled signalled => new("signalled", null, signalled.Signal, null),
        ExecutionOutcome.LimitExceeded exceeded => new("limitExceeded", null, null, exceeded.Limit),
        ExecutionOutcome.CompileFailed failed => new("compileFailed", failed.ExitCode, null, null),
        ExecutionOutcome.Graded => new("graded", null, null, null),
        ExecutionOutcome.Cancelled => new("cancelled", null, null, null),
        _ => new("internalError", null, null, null),
    };

    private static StepView? Step(StepResult? step) => step is null ? null : new(
        step.ExitCode,
        step.Signal,
        step.Stdout.Text,
        step.Stderr.Text,
        step.Stdout.Truncated,
        step.Stderr.Truncated,
        (long)Math.Round(step.WallMs),
        (long)Math.Round(step.CpuMs),
        step.MemoryBytes)
    {
        Limit = step.Limit,
        Failure = step.Failure,
        StdoutTotalBytes = step.Stdout.Truncated ? step.Stdout.TotalBytes : null,
        StderrTotalBytes = step.Stderr.Truncated ? step.Stderr.TotalBytes : null,
        FromCache = step.FromCache,
        Abridged = !IsWhole(step),
        Runs = RunView.Of(step.Runs),
        PeakMemoryBytes = RunView.PeakOf(step.Runs),
    };

    private static ArtifactView Artifact(ExecutionId id, ArtifactInfo artifact)
    {
        string url = $"{Url(id)}/artifacts/{string.Join('/', artifact.Path.Split('/').Select(Uri.EscapeDataString))}";
        return new(artifact.Path, artifact.SizeBytes, artifact.Refused is null ? url : null) { Refused = artifact.Refused };
    }

    private static long? Milliseconds(DateTimeOffset? from, DateTimeOffset? to)
        => to - from is { } time ? Math.Max(0, (long)Math.Round(time.TotalMilliseconds)) : null;
}
