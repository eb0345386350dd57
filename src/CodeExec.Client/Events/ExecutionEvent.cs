using System.Text.Json;

namespace CodeExec.Client;

/// <summary>What happens to an execution, as it happens.</summary>
/// <param name="Sequence">The event's place in the stream; a follower that comes back continues after it. Zero where the server gave none.</param>
public abstract record ExecutionEvent(long Sequence, DateTimeOffset Timestamp)
{
    public sealed record StatusChanged(long Sequence, DateTimeOffset Timestamp, ExecutionStatus Status) : ExecutionEvent(Sequence, Timestamp);

    public sealed record Logged(LogEntry Entry) : ExecutionEvent(Entry.Sequence, Entry.Timestamp);

    public sealed record Progressed(long Sequence, DateTimeOffset Timestamp, double? Percentage, string? Message) : ExecutionEvent(Sequence, Timestamp);

    /// <summary>The program shows something; another with the same id tells that it has changed.</summary>
    public sealed record Displayed(long Sequence, DateTimeOffset Timestamp, ExecutionDisplay Display) : ExecutionEvent(Sequence, Timestamp);

    /// <summary>It has ended, and this is how.</summary>
    public sealed record Ended(long Sequence, DateTimeOffset Timestamp, Execution? Execution) : ExecutionEvent(Sequence, Timestamp);

    /// <summary>The service could not do its part.</summary>
    public sealed record Faulted(long Sequence, DateTimeOffset Timestamp, string Message) : ExecutionEvent(Sequence, Timestamp);

    /// <summary>A kind that this client does not know (yet).</summary>
    public sealed record Unknown(long Sequence, DateTimeOffset Timestamp, string Name, JsonElement Data) : ExecutionEvent(Sequence, Timestamp);
}
