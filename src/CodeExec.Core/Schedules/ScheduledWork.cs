using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Schedules;

/// <summary>What a schedule starts: nothing in here has been checked.</summary>
public abstract record ScheduledWork
{
    private ScheduledWork()
    {
    }

    public sealed record Execution(Submission Submission) : ScheduledWork;

    public sealed record Batch(BatchDraft Draft, IReadOnlyList<BatchSubmission> Submissions) : ScheduledWork;

    /// <summary>With labels that tell where it comes from.</summary>
    public ScheduledWork Labelled(string schedule, DateTimeOffset time)
    {
        (string, string)[] labels = [(Schedule.Label, schedule), (Schedule.TimeLabel, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))];
        return this switch
        {
            Execution execution => new Execution(execution.Submission with { Labels = With(execution.Submission.Labels, labels) }),
            Batch batch => new Batch(batch.Draft with { Labels = With(batch.Draft.Labels, labels) }, batch.Submissions),
            _ => throw new InvalidOperationException($"{this} is no work."),
        };
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? labels, (string Name, string Value)[] more)
    {
        Dictionary<string, string> all = labels is null ? new(StringComparer.Ordinal) : new(labels, StringComparer.Ordinal);
        foreach ((string name, string value) in more)
        {
            all[name] = value;
        }

        return all;
    }
}

/// <summary>Reads work in the form in which it is sent, the same in requests and in what is stored of them.</summary>
public interface IWorkForms
{
    /// <param name="json">As in the body of POST /api/executions, or of POST /api/batches.</param>
    ScheduledWork Read(ScheduledKind kind, string json);
}
