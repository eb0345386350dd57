using System.Text;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems;
using CodeExec.Core.Progress;
using CodeExec.Core.Schedules;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions;

/// <inheritdoc cref="IExecutionService"/>
public sealed class ExecutionService(
    SubmissionValidator validator,
    GradedSubmissions graded,
    AttemptGate attempts,
    EndNotices notices,
    PreparedSubmissions prepared,
    IExecutionStore executions,
    IOrchestrationEngine engine,
    ILogStore logs,
    IBlobStore blobs,
    ExecutionRemoval removal,
    ExecutionSignals signals,
    TimeProvider clock) : IExecutionService
{
    /// <summary>Signals come from this process only; where another one runs the execution, this is how late a waiter may be.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private const string RerunOf = "rerunOf";

    /// <summary>Labels that say of what an execution is a part: one that is run again is a part of nothing.</summary>
    private static readonly string[] OfAWhole = ["batch", "submission", "validation", Schedule.Label, Schedule.TimeLabel];

    public async Task<SubmitOutcome> SubmitAsync(TenantId tenant, Submission submission, SubmittedBy by, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        Problem? problem = await graded.FindProblemAsync(tenant, submission, cancellationToken);
        if (!validator.TryValidate(submission, problem, out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors))
        {
            return new SubmitOutcome.Invalid(errors);
        }

        return await attempts.PassAsync(tenant, spec, by, key, (id, attempt) => prepared.AcceptAsync(tenant, id, spec, attempt, key, cancellationToken), cancellationToken);
    }

    public async Task<SubmitOutcome?> RerunAsync(TenantId tenant, ExecutionId id, SubmittedBy by, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is null || await executions.FindSpecAsync(id, cancellationToken) is not { } spec)
        {
            return null;
        }

        Dictionary<string, string> labels = spec.Labels.Where(label => !OfAWhole.Contains(label.Key)).ToDictionary(StringComparer.Ordinal);
        labels[RerunOf] = id.ToString();
        ExecutionSpec again = await graded.DetachAsync(spec with { Labels = labels, StartAt = null }, cancellationToken);
        return await attempts.PassAsync(
            tenant, again, by == SubmittedBy.Author ? SubmittedBy.Us : by, key, (fresh, attempt) => prepared.AcceptAsync(tenant, fresh, again, attempt, key, cancellationToken), cancellationToken);
    }

    public async Task<ExecutionRecord?> FindAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
        => await executions.FindAsync(id, cancellationToken) is { } record && record.Tenant == tenant ? record : null;

    public async Task<ExecutionRecord?> WaitAsync(TenantId tenant, ExecutionId id, TimeSpan limit, CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + limit;
        using SignalWatch<ExecutionId> watch = signals.WatchEnd(id);
        while (true)
        {
            Task end = watch.Next();
            ExecutionRecord? record = await FindAsync(tenant, id, cancellationToken);
            TimeSpan left = until - clock.GetUtcNow();
            if (record is null || record.Status.IsFinal() || left <= TimeSpan.Zero)
            {
                return record;
            }

            try
            {
                await end.WaitAsync(left < LookAgain ? left : LookAgain, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Look again, for the last time or not.
            }
        }
    }

    public async Task<ExecutionRecord?> StopAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        while (await FindAsync(tenant, id, cancellationToken) is { } record)
        {
            if (record.Status.IsFinal())
            {
                return record;
            }

            if (record.Status != ExecutionStatus.Queued)
            {
                await engine.RaiseEventAsync(id.ToString(), ExecutionActivities.StopEvent, "", cancellationToken);
                return record;
            }

            // Nothing runs yet: it ends here and now, however long the queue before it is. Its orchestration will find it ended.
            ExecutionRecord ended = record.MoveTo(ExecutionStatus.Cancelled) with { Outcome = new ExecutionOutcome.Cancelled(), EndedAt = clock.GetUtcNow() };
            if (await executions.TryUpdateAsync(ended, cancellationToken) is not null)
            {
                await notices.TellAsync(ended, cancellationToken);
                if (await TryEndFeedAsync(ended, cancellationToken))
                {
                    await engine.TerminateAsync(id.ToString(), "stopped before it began", cancellationToken);
                }
                else
                {
                    // It began in this very moment: whatever runs already ends, and its orchestration then finds the end in the record.
                    await engine.RaiseEventAsync(id.ToString(), ExecutionActivities.StopEvent, "", cancellationToken);
                }

                if (record.IsDelayed)
                {
                    await engine.TerminateAsync(DelayedStart.InstanceOf(id), "stopped before its time", cancellationToken);
                }

                signals.NotifyEnd(id);
                return record;
            }
        }

        return null;
    }

    /// <returns>False if its orchestration has begun after all and writes the feed: it will find the end in the record, and end the feed too.</returns>
    private async Task<bool> TryEndFeedAsync(ExecutionRecord ended, CancellationToken cancellationToken)
    {
        try
        {
            await using ILogWriter feed = await logs.OpenAsync(ended.Id, cancellationToken);
            if (feed.LastSequence == 0)
            {
                feed.Append(ExecutionFeed.FirstEntry(ended));
            }

            await feed.EndAsync(ended, logs, clock, cancellationToken);
            return true;
        }
        catch (FeedInUseException)
        {
            return false;
        }
    }

    public async Task<bool> DeleteAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        if (await StopAsync(tenant, id, cancellationToken) is null)
        {
            return false;
        }

        await removal.RemoveAsync(id, cancellationToken);
        return true;
    }

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) => executions.ListAsync(query, cancellationToken);

    public Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
        => executions.GetMetricsAsync(tenant, from, to, cancellationToken);

    public async Task<string> ReadOutputAsync(CapturedOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Blob is null)
        {
            return output.Text;
        }

        await using Stream? stored = await blobs.OpenReadAsync(output.Blob, cancellationToken);
        if (stored is null)
        {
            return output.Text; // deleted meanwhile
        }

        using MemoryStream all = new();
        await stored.CopyToAsync(all, cancellationToken);
        return OutputText.Decode(all.GetBuffer().AsSpan(0, (int)all.Length));
    }

    public Task<Stream?> OpenOutputAsync(CapturedOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Blob is null
            ? Task.FromResult<Stream?>(new MemoryStream(Encoding.UTF8.GetBytes(output.Text), writable: false))
            : blobs.OpenReadAsync(output.Blob, cancellationToken);
    }

    public async Task<Stream?> OpenArtifactAsync(TenantId tenant, ExecutionId id, string path, CancellationToken cancellationToken)
    {
        ExecutionRecord? record = await FindAsync(tenant, id, cancellationToken);
        bool known = record is not null && record.Artifacts.Any(artifact => artifact.Path == path && artifact.Refused is null);
        return known ? await blobs.OpenReadAsync(ExecutionBlobs.Artifact(id, path), cancellationToken) : null;
    }

    public async Task<Stream?> OpenDisplayAsync(TenantId tenant, ExecutionId id, string display, CancellationToken cancellationToken)
        => DisplayTypes.OfId(display) is not null && await FindAsync(tenant, id, cancellationToken) is not null
            ? await blobs.OpenReadAsync(ExecutionBlobs.Display(id, display), cancellationToken)
            : null;
}
