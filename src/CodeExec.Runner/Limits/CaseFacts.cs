using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Runner.Limits;

/// <summary>All that is known about a case that has ended; the verdict follows from nothing else.</summary>
internal sealed record CaseFacts
{
    public required JobLimits Limits { get; init; }

    public required ProcessExit Exit { get; init; }

    /// <summary>What this runner killed it for.</summary>
    public LimitKind? KilledFor { get; init; }

    public TimeSpan Wall { get; init; }

    public TimeSpan Cpu { get; init; }

    /// <summary>The kernel killed a process of the container for lack of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The most memory that it used.</summary>
    public long PeakBytes { get; init; }

    /// <summary>The peak where no cgroup limits memory; null where one does.</summary>
    public long? UnlimitedPeakBytes { get; init; }

    /// <summary>The kernel refused a fork of the container.</summary>
    public bool ForkRefused { get; init; }

    public bool OutputCut { get; init; }

    public bool WorkspaceFull { get; init; }

    /// <summary>A file is as large as any may be: what would have gone beyond was refused.</summary>
    public bool FileAtItsLimit { get; init; }
}
