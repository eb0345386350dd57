using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches.Running;

/// <summary>
/// Grades one submission of a batch, by an execution of its own that is found again by its key; or finds that the same was graded before.
/// </summary>
public sealed class GradeSubmission(BatchStore batches, GradedBefore graded, IExecutionService executions, BatchControl control, IOptions<BatchOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan WaitAtOnce = TimeSpan.FromSeconds(30);

    /// <returns>The item, settled; null if another submission with the same program is being graded: what comes of that is worth waiting for.</returns>
    public async Task<BatchItem?> GradeAsync(Batch batch, BatchItem item, Submission asSent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(item);
        switch (await graded.BeginAsync(batch, item, cancellationToken))
        {
            case GradedEarlier.AtWork:
                return null;
            case GradedEarlier.Graded before:
                return Done(item, before.Record, before.Record.Grade!) with { From = before.Place, DurationMs = 0 };
            default:
                (BatchItem settled, Grade? grade) = await TryAsync(batch, item, asSent, cancellationToken);
                await graded.EndAsync(batch, settled, grade, cancellationToken);
                return settled;
        }
    }

    private async Task<(BatchItem Settled, Grade? Grade)> TryAsync(Batch batch, BatchItem item, Submission asSent, CancellationToken cancellationToken)
    {
        Submission sent = item.Mended is { } key ? await batches.ReadMendedAsync(key, cancellationToken) : asSent;
        Submission submission = sent with
        {
            Problem = new SubmittedProblem(batch.Problem.Id, batch.Problem.Version),
            Priority = batch.Priority.ToString().ToLowerInvariant(),
            Labels = LabelsOf(batch, item, sent),
        };
        RunCost? cost = item.Cost;
        for (int attempt = item.Attempts + 1; ; attempt++)
        {
            (ExecutionRecord? ended, string? refused) = await RunAsync(batch, item, submission, KeyOf(batch, item, attempt), cancellationToken);
            cost = RunCost.Sum([cost, ended?.Cost]);
            BatchItem tried = item with { Attempts = attempt, Cost = cost };
            if (refused is not null)
            {
                return (tried with { State = BatchItemState.Dead, Reason = refused }, null);
            }

            if (ended is null or { Status: ExecutionStatus.Cancelled })
            {
                return (tried with { State = BatchItemState.Cancelled, Execution = ended?.Id }, null);
            }

            if (ended.Grade is { } grade && grade.Score.Verdict != Verdict.InternalError)
            {
                return (Done(tried, ended, grade), grade);
            }

            if (attempt - item.Attempts >= options.Value.Attempts)
            {
                return (tried with { State = BatchItemState.Dead, Execution = ended.Id, Reason = ended.Error?.Message ?? "It could not be judged, after several tries." }, null);
            }
        }
    }

    private static BatchItem Done(BatchItem item, ExecutionRecord ended, Grade grade) => item with
    {
        State = BatchItemState.Done,
        Execution = ended.Id,
        Verdict = grade.Score.Verdict,
        Score = grade.Score.Points,
        MaxScore = grade.Score.MaxPoints,
        Passed = grade.Score.Passed,
        Total = grade.Score.Total,
        FirstFailure = grade.Score.FirstFailure,
        DurationMs = (long)((ended.EndedAt - ended.StartedAt)?.TotalMilliseconds ?? 0),
    };

    /// <returns>The ended execution, null if it was deleted meanwhile; or why it was refused.</returns>
    private async Task<(ExecutionRecord? Ended, string? Refused)> RunAsync(Batch batch, BatchItem item, Submission submission, string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await executions.SubmitAsync(batch.Tenant, submission, new IdempotencyKey(key, ""), cancellationToken))
            {
                case SubmitOutcome.Accepted accepted:
                    return (await WaitAsync(batch, item, accepted.Record, cancellationToken), null);
                case SubmitOutcome.Repeated repeated:
                    return (await WaitAsync(batch, item, repeated.Record, cancellationToken), null);
                case SubmitOutcome.Invalid invalid:
                    return (null, Mistakes.TextOf(invalid.Errors));
                case SubmitOutcome.Busy busy:
                    await graded.RenewAsync(batch, item, cancellationToken);
                    if (await WaitForRoomAsync(batch, busy.RetryAfter < WaitAtOnce ? busy.RetryAfter : WaitAtOnce, cancellationToken))
                    {
                        break;
                    }

                    return (null, null);
                case var other:
                    throw new InvalidOperationException($"The service answered {other}.");
            }
        }
    }

    /// <returns>False if the batch is cancelled: there is nothing to wait for any more.</returns>
    private async Task<bool> WaitForRoomAsync(Batch batch, TimeSpan wait, CancellationToken cancellationToken)
    {
        using SignalWatch<BatchId> watch = control.Watch(batch.Id);
        DateTimeOffset until = clock.GetUtcNow() + wait;
        while (true)
        {
            Task news = watch.Next();
            bool isCancelled = await control.StateAsync(batch.Tenant, batch.Id, cancellationToken) == BatchState.Cancelled;
            TimeSpan left = until - clock.GetUtcNow();
            if (isCancelled || left <= TimeSpan.Zero)
            {
                return !isCancelled;
            }

            try
            {
                await news.WaitAsync(left, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                // One last look.
            }
        }
    }

    private async Task<ExecutionRecord?> WaitAsync(Batch batch, BatchItem item, ExecutionRecord record, CancellationToken cancellationToken)
    {
        ExecutionRecord? now = record;
        bool stopped = false;
        DateTimeOffset renewed = clock.GetUtcNow();
        using SignalWatch<BatchId> watch = control.Watch(batch.Id);
        while (now is not null && !now.Status.IsFinal())
        {
            Task news = watch.Next();
            if (!stopped && await control.StateAsync(batch.Tenant, batch.Id, cancellationToken) == BatchState.Cancelled)
            {
                await executions.StopAsync(batch.Tenant, record.Id, cancellationToken);
                stopped = true;
            }

            if (clock.GetUtcNow() - renewed >= WaitAtOnce)
            {
                renewed = clock.GetUtcNow();
                await graded.RenewAsync(batch, item, cancellationToken);
            }

            // Woken by the end, or by news of the batch: it may have been cancelled.
            using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<ExecutionRecord?> end = executions.WaitAsync(batch.Tenant, record.Id, WaitAtOnce, woken.Token);
            if (!stopped && await Task.WhenAny(end, news) == news)
            {
                await woken.CancelAsync();
                now = await executions.FindAsync(batch.Tenant, record.Id, cancellationToken);
                await end.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default); // it may have been cancelled
            }
            else
            {
                now = await end;
            }
        }

        return now;
    }

    // Begins with a blank, which no client's key can have.
    private static string KeyOf(Batch batch, BatchItem item, int attempt) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $" batch {batch.Id} {item.Index} {attempt}");

    private static Dictionary<string, string> LabelsOf(Batch batch, BatchItem item, Submission sent)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal) { ["batch"] = batch.Id.ToString(), ["submission"] = item.Key };
        foreach ((string name, string value) in batch.Labels.Concat(sent.Labels ?? new Dictionary<string, string>()))
        {
            labels[name] = value;
        }

        return labels;
    }
}
