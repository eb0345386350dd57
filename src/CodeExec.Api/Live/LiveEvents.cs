using System.Text.Json.Serialization;
using CodeExec.Api.Displays;
using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Live;

/// <summary>What a live viewer is told, over server-sent events and the hub alike. The members are those that clients of seed 004 know.</summary>
internal abstract record LiveEvent([property: JsonPropertyOrder(-3)] ExecutionId ExecutionId, [property: JsonPropertyOrder(-2)] long Sequence, [property: JsonPropertyOrder(-1)] DateTimeOffset Timestamp) : ILiveEvent
{
    [JsonIgnore]
    public abstract string Name { get; }
}

internal sealed record StatusEvent(ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, ExecutionStatus Status, EventMetadata Metadata)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "status";
}

/// <param name="NodeId">The step, for clients that know nodes.</param>
internal sealed record LogEvent(
    ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, LogLevel Level, LogSource Source, string? Step, string Message, string? NodeId, EventMetadata Metadata)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "log";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partial { get; init; }

    /// <summary>Set when lines that came faster than a viewer is told of were put together: this event stands for all from here to its sequence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FirstSequence { get; init; }
}

/// <param name="Current">Stages that are behind it, of <paramref name="Total"/>; null where a program tells of its own progress in words.</param>
internal sealed record ProgressEvent(
    ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, string? Step, int? Current, int? Total, double? Percentage, string Message)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "progress";

    /// <summary>Of graded work: the test that has been judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Test { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verdict? Verdict { get; init; }
}

internal sealed record ResultEvent(ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, ExecutionView? Result)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "result";
}

internal sealed record ErrorEvent(ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, ErrorView Error, EventMetadata Metadata)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "error";
}

/// <summary>A program shows something. Another with the same id: it has changed.</summary>
internal sealed record DisplayEvent(ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, DisplayView Display)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "display";
}

/// <summary>A step of an execution, told as a node of a workflow: it shares the sequence of the entry that it came from.</summary>
internal sealed record NodeEvent(ExecutionId ExecutionId, long Sequence, DateTimeOffset Timestamp, string NodeId, string Status, EventMetadata Data)
    : LiveEvent(ExecutionId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "node-update";
}

internal sealed record EventMetadata(string? Message)
{
    public static readonly EventMetadata None = new((string?)null);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; } = Message;
}
