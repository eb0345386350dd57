using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Store;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>Something that an instance in memory is told.</summary>
internal abstract class InstanceMessage
{
    private TaskCompletionSource<MessageFate>? _fate;

    /// <summary>What became of it, once that is durable.</summary>
    public Task<MessageFate> FateAsync() => (_fate ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Settle(MessageFate fate) => _fate?.TrySetResult(fate);

    public void Fail(Exception reason) => _fate?.TrySetException(reason);
}

internal enum MessageFate
{
    Recorded,

    /// <summary>The instance had ended before.</summary>
    TooLate,

    /// <summary>The instance is not in memory any more, but has not ended: look it up in the store.</summary>
    LookAgain,
}

/// <summary>An event, a timer, the end of a sub-orchestration, or what lay in the mailbox.</summary>
/// <param name="run">Which run it is meant for; null for any.</param>
/// <param name="mail">Its number in the mailbox, if it lay there.</param>
internal sealed class Happening(HistoryEventKind kind, int taskId, string? name, string? payload, int? run, long? mail = null) : InstanceMessage
{
    public HistoryEventKind Kind { get; } = kind;

    public int TaskId { get; } = taskId;

    public string? Name { get; } = name;

    public string? Payload { get; } = payload;

    public int? Run { get; } = run;

    public long? Mail { get; } = mail;

    public static Happening From(StoredMail mail)
        => new(mail.Event.Kind, mail.Event.TaskId, mail.Event.Name, mail.Event.Payload, null, mail.No);

    public HistoryEvent ToEvent(DateTimeOffset at, long epoch) => new(Kind, TaskId, Name, Payload, at, epoch);
}

/// <summary>A try of an activity ended, with a result or a failure.</summary>
internal sealed class TryEnded(int run, int taskId, int attempt, string? result, FailureDetails? failure) : InstanceMessage
{
    public int Run { get; } = run;

    public int TaskId { get; } = taskId;

    public int Attempt { get; } = attempt;

    public string? Result { get; } = result;

    public FailureDetails? Failure { get; } = failure;
}

internal sealed class Termination(FailureDetails failure) : InstanceMessage
{
    public FailureDetails Failure { get; } = failure;
}

/// <summary>The instance cannot go on with the code there is.</summary>
internal sealed class Obstacle(Exception reason) : InstanceMessage
{
    public Exception Reason { get; } = reason;
}

/// <summary>The back-off of an activity is over.</summary>
internal sealed class RetryDue(int run, int taskId) : InstanceMessage
{
    public int Run { get; } = run;

    public int TaskId { get; } = taskId;
}
