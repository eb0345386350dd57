namespace CodeExec.Engine.Embedded.History;

/// <summary>What a line of a history says. The numbers stand in stored histories: never change one, never reuse one.</summary>
public enum HistoryEventKind
{
    /// <summary>The run began; its time is the first that the code sees.</summary>
    Begun = 1,

    /// <summary>An event came from outside.</summary>
    EventReceived = 2,

    ActivityScheduled = 10,
    ActivityCompleted = 11,

    /// <summary>Failed for good: the code is told.</summary>
    ActivityFailed = 12,

    /// <summary>A try failed and another one follows: the code is not told.</summary>
    TryFailed = 13,

    TimerCreated = 20,
    TimerFired = 21,

    SubOrchestrationScheduled = 30,
    SubOrchestrationCompleted = 31,
    SubOrchestrationFailed = 32,

    Completed = 40,
    Failed = 41,
    ContinuedAsNew = 42,
    Terminated = 43,
}

internal static class HistoryEventKinds
{
    /// <summary>True for what the code decides, which a replay must decide again; false for what happened to it.</summary>
    public static bool IsDecision(this HistoryEventKind kind) => kind
        is HistoryEventKind.ActivityScheduled or HistoryEventKind.TimerCreated or HistoryEventKind.SubOrchestrationScheduled
        or HistoryEventKind.Completed or HistoryEventKind.Failed or HistoryEventKind.ContinuedAsNew;
}
