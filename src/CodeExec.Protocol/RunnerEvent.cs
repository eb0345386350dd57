using System.Text.Json.Serialization;

namespace CodeExec.Protocol;

/// <summary>What a runner says, one JSON object a line, numbered from 1 without a gap.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReadyEvent), "ready")]
[JsonDerivedType(typeof(StepStartedEvent), "stepStarted")]
[JsonDerivedType(typeof(CaseStartedEvent), "caseStarted")]
[JsonDerivedType(typeof(OutputEvent), "output")]
[JsonDerivedType(typeof(CaseEndedEvent), "caseEnded")]
[JsonDerivedType(typeof(StepEndedEvent), "stepEnded")]
[JsonDerivedType(typeof(FileEvent), "file")]
[JsonDerivedType(typeof(FileRefusedEvent), "fileRefused")]
[JsonDerivedType(typeof(JobEndedEvent), "jobEnded")]
[JsonDerivedType(typeof(FaultEvent), "fault")]
public abstract record RunnerEvent
{
    [JsonPropertyName("seq")]
    public long Sequence { get; init; }
}

/// <summary>The runner waits for its job. With a waiting interpreter, that one is ready too.</summary>
public sealed record ReadyEvent(int Protocol, string RunnerVersion, bool Warm) : RunnerEvent;

public sealed record StepStartedEvent(string Step) : RunnerEvent;

public sealed record CaseStartedEvent(string Step, string Case) : RunnerEvent;

/// <summary>Bytes as they came; never more than 32 KiB an event. None: a live program has closed this stream, and goes on.</summary>
public sealed record OutputEvent(string Step, string Case, OutputStream Stream, byte[] Data) : RunnerEvent;

public sealed record CaseEndedEvent : RunnerEvent
{
    public required string Step { get; init; }

    public required string Case { get; init; }

    /// <summary>Null when a signal ended the program.</summary>
    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary>The limit that ended the program, if one did.</summary>
    public LimitKind? Limit { get; init; }

    public double WallMs { get; init; }

    /// <summary>Of the whole process tree.</summary>
    public double CpuMs { get; init; }

    /// <summary>The peak of the whole process tree, or of its largest process where there is no cgroup (<see cref="MemoryIsOfTree"/>).</summary>
    public long MemoryBytes { get; init; }

    public bool MemoryIsOfTree { get; init; }

    /// <summary>Bytes the program wrote, of which the limit's worth was kept.</summary>
    public long StdoutBytes { get; init; }

    public long StderrBytes { get; init; }

    public bool StdoutTruncated { get; init; }

    public bool StderrTruncated { get; init; }

    /// <summary>Set when the program could not be started (no such command…): the reason, for the user.</summary>
    public string? StartError { get; init; }
}

public sealed record StepEndedEvent(string Step, bool Succeeded) : RunnerEvent;

/// <summary>A piece of a file that was asked for; <paramref name="Last"/> marks its end. Never more than 64 KiB an event.</summary>
public sealed record FileEvent(string Path, FilePurpose Purpose, byte[] Data, bool Executable, bool Last) : RunnerEvent;

public sealed record FileRefusedEvent(string Path, FilePurpose Purpose, string Reason) : RunnerEvent;

/// <summary>Always the last event of a job that the runner could work on.</summary>
public sealed record JobEndedEvent(bool Stopped) : RunnerEvent;

/// <summary>The runner itself could not go on: never the user's fault.</summary>
public sealed record FaultEvent(string Message) : RunnerEvent;

public enum OutputStream
{
    Stdout,
    Stderr,
}

public enum FilePurpose
{
    Artifact,
    Kept,

    /// <summary>Shown by a program. The same path again: it has changed.</summary>
    Display,
}

public enum LimitKind
{
    WallTime,
    CpuTime,
    Memory,
    Output,
    Processes,
    Workspace,
    FileSize,
}
