using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Store;

/// <summary>What stands in the store about an instance, without its history.</summary>
internal sealed record InstanceRow(
    long No,
    string Id,
    string Name,
    InstanceState State,
    int Priority,
    DateTimeOffset CreatedAt,
    int Run,
    int FirstTask,
    ParentTask? Parent,
    string Input,
    string? CustomStatus);

/// <summary>Which call of which run of which instance a sub-orchestration answers.</summary>
internal sealed record ParentTask(long No, int Run, int TaskId);

/// <summary>Something in the mailbox, by its number there.</summary>
internal sealed record StoredMail(long No, History.HistoryEvent Event);
