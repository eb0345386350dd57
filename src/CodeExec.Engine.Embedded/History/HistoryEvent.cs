namespace CodeExec.Engine.Embedded.History;

/// <summary>One line of an instance's history.</summary>
/// <param name="TaskId">Which call of the instance it belongs to; 0 where there is none.</param>
/// <param name="Name">Of the activity, orchestration or event.</param>
/// <param name="Payload">JSON: input, result, failure, or the time of a timer.</param>
/// <param name="Epoch">In which life of the host it was written; tells apart tries before and after a restart.</param>
public sealed record HistoryEvent(HistoryEventKind Kind, int TaskId, string? Name, string? Payload, DateTimeOffset At, long Epoch)
{
    /// <summary>As a person would name it in an error message.</summary>
    public string Describe() => Kind switch
    {
        HistoryEventKind.Completed => "the end",
        HistoryEventKind.Failed => "a failed end",
        HistoryEventKind.ContinuedAsNew => "continue-as-new",
        HistoryEventKind.TimerCreated => $"timer (task {TaskId})",
        HistoryEventKind.ActivityScheduled => $"activity '{Name}' (task {TaskId})",
        HistoryEventKind.SubOrchestrationScheduled => $"sub-orchestration '{Name}' (task {TaskId})",
        _ => $"{Kind} (task {TaskId})",
    };
}
