using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Api.Requests;
using CodeExec.Core.Schedules;

namespace CodeExec.Api.Schedules;

/// <summary>The body of a schedule: its shape only.</summary>
internal static class ScheduleReader
{
    private static readonly HashSet<string> Members = ["name", "cron", "timeZone", "overlap", "missed", "endsAt", "execution", "batch"];

    public static ScheduleDraft Read(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, Members);
        ScheduleDraft draft = new()
        {
            Name = fields.Text("name"),
            Cron = fields.Text("cron"),
            TimeZone = fields.Text("timeZone"),
            Overlap = fields.Text("overlap"),
            Missed = fields.Text("missed"),
            EndsAt = fields.Text("endsAt"),
            Work = Work(fields, errors),
        };
        errors.ThrowIfAny();
        return draft;
    }

    private static DraftedWork? Work(JsonFields fields, FieldErrors errors)
    {
        if (fields.Has("execution") && fields.Has("batch"))
        {
            errors.Add("batch", "Say an 'execution' or a 'batch', not both.");
            return null;
        }

        if (fields.Object("execution", SubmissionReader.Members) is { } execution)
        {
            return new DraftedWork(ScheduledKind.Execution, fields.TextOrJson("execution")!, new ScheduledWork.Execution(SubmissionReader.Read(execution)));
        }

        if (fields.Object("batch", BatchReader.WholeMembers) is not { } batch)
        {
            return null;
        }

        (Core.Batches.Submitting.BatchDraft draft, IReadOnlyList<Core.Batches.Submitting.BatchSubmission> submissions) = BatchReader.ReadWhole(batch);
        return new DraftedWork(ScheduledKind.Batch, fields.TextOrJson("batch")!, new ScheduledWork.Batch(draft, submissions));
    }
}
