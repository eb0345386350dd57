using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Core.Schedules;

namespace CodeExec.Api.Schedules;

/// <inheritdoc cref="IWorkForms"/>
internal sealed class WorkForms : IWorkForms
{
    public ScheduledWork Read(ScheduledKind kind, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, BatchLines.Strict);
        if (kind == ScheduledKind.Execution)
        {
            return new ScheduledWork.Execution(SubmissionReader.Read(document.RootElement));
        }

        (Core.Batches.Submitting.BatchDraft draft, IReadOnlyList<Core.Batches.Submitting.BatchSubmission> submissions) = BatchReader.ReadWhole(document.RootElement);
        return new ScheduledWork.Batch(draft, submissions);
    }
}
