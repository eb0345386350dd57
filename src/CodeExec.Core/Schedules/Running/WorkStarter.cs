using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Schedules.Running;

/// <summary>Starts what a schedule is there for, as if it had been sent in this moment.</summary>
public sealed class WorkStarter(ScheduleStore schedules, IWorkForms forms, IExecutionService executions, BatchIntake batches)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <param name="key">What is started under a key of this schedule is started once.</param>
    /// <param name="time">For the label.</param>
    public async Task<WorkStart> StartAsync(Schedule schedule, string key, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (await schedules.ReadWorkAsync(schedule.Work, cancellationToken) is not { } json)
        {
            return new WorkStart(Wait: LookAgain); // changed in this very moment
        }

        // Begins with a blank, which no client's key can have.
        string own = $" schedule {schedule.Id} {key}";
        return forms.Read(schedule.Kind, json).Labelled(schedule.Id, time) switch
        {
            ScheduledWork.Execution execution => Of(await executions.SubmitAsync(schedule.Tenant, execution.Submission, new IdempotencyKey(own, ""), cancellationToken)),
            ScheduledWork.Batch batch => await StartAsync(schedule, batch, own, cancellationToken),
            var other => throw new InvalidOperationException($"{other} is no work."),
        };
    }

    private async Task<WorkStart> StartAsync(Schedule schedule, ScheduledWork.Batch batch, string key, CancellationToken cancellationToken)
    {
        if (await batches.FindKnownAsync(schedule.Tenant, key, cancellationToken) is { } known)
        {
            return new WorkStart(Batch: known); // whatever the schedule says by now
        }

        try
        {
            return await batches.CreateAsync(schedule.Tenant, batch.Draft, batch.Submissions.ToAsyncEnumerable(), new BatchOrigin(key), cancellationToken) switch
            {
                CreateBatchOutcome.Accepted accepted => new WorkStart(Batch: accepted.Batch.Batch.Id),
                CreateBatchOutcome.Repeated repeated => new WorkStart(Batch: repeated.Batch.Batch.Id),
                CreateBatchOutcome.Busy busy => new WorkStart(Wait: busy.RetryAfter),
                CreateBatchOutcome.Invalid invalid => new WorkStart(Refused: Mistakes.TextOf(invalid.Errors)),
                var other => throw new InvalidOperationException($"The intake answered {other}."),
            };
        }
        catch (BatchRefusedException e)
        {
            return new WorkStart(Refused: e.Message);
        }
    }

    private static WorkStart Of(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Accepted accepted => new WorkStart(accepted.Record.Id),
        SubmitOutcome.Repeated repeated => new WorkStart(repeated.Record.Id),
        SubmitOutcome.Busy busy => new WorkStart(Wait: busy.RetryAfter),
        SubmitOutcome.Invalid invalid => new WorkStart(Refused: Mistakes.TextOf(invalid.Errors)),
        _ => throw new InvalidOperationException($"The service answered {outcome}."),
    };
}

/// <summary>One of them is set.</summary>
/// <param name="Wait">Too much is waiting: try again after so long.</param>
/// <param name="Refused">Why it can not be started as it is.</param>
public sealed record WorkStart(ExecutionId? Execution = null, BatchId? Batch = null, TimeSpan? Wait = null, string? Refused = null)
{
    internal ScheduleRun Of(ScheduleRun run) => run with { Outcome = Refused is null ? RunOutcome.Started : RunOutcome.Refused, Execution = Execution, Batch = Batch, Reason = Refused };
}
