using System.Text.Json.Serialization;

namespace CodeExec.Protocol;

/// <summary>What a runner is asked to do: lay out a workspace, then take the steps in order. One job a container.</summary>
public sealed record Job
{
    /// <summary>The host refuses a runner that speaks another version; see <see cref="ProtocolVersion"/>.</summary>
    public int Protocol { get; init; } = ProtocolVersion.Current;

    public required string Id { get; init; }

    /// <summary>The files of the workspace, by path relative to it.</summary>
    public IReadOnlyList<JobFile> Files { get; init; } = [];

    public required IReadOnlyList<JobStep> Steps { get; init; }

    /// <summary>Globs, relative to the workspace, of the files to send back after the last step.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];

    public long ArtifactBytes { get; init; } = 16L << 20;

    public int ArtifactCount { get; init; } = 100;

    /// <summary>Null: what programs show is not sent.</summary>
    public JobDisplays? Displays { get; init; }

    /// <summary>Where the events also go, for a host that may miss some. For the runner and its sender alone: no program may see it.</summary>
    public JobLink? Link { get; init; }
}

/// <summary>
/// What programs show: the files they leave in a folder, made empty for them. A complete one is sent at its time, and once more if it has changed.
/// </summary>
/// <param name="Folder">In the container, and in a folder that is there: a file system of memory.</param>
/// <param name="Count">How many names.</param>
/// <param name="FileBytes">The most that one may have.</param>
/// <param name="TotalBytes">The most that is sent, all of them and their changes together.</param>
public sealed record JobDisplays(string Folder, int Count, long FileBytes, long TotalBytes)
{
    /// <summary>Where all containers have it.</summary>
    public const string UsualFolder = "/dev/shm/display";
}

/// <summary>A blob that is not there yet, to be made and appended to as <see cref="SealedEvents"/> says. The runner reads nothing of it, and can not.</summary>
/// <param name="Address">Whoever has it may append: it is good for nothing else, and not for long.</param>
/// <param name="Header">What the blob begins with, a line: the host finds the key by it.</param>
/// <param name="Key">What all else in it is encrypted with.</param>
public sealed record JobLink(string Address, string Header, byte[] Key);

/// <param name="Executable">Set for a program that an earlier job compiled and the host kept.</param>
public sealed record JobFile(string Path, byte[] Content, bool Executable = false);

/// <summary>One command over one or many cases. A step whose case fails ends the job, unless it <see cref="ContinueOnFailure"/>.</summary>
public sealed record JobStep
{
    /// <summary>"install", "compile", "run"…: shown to users in logs.</summary>
    public required string Name { get; init; }

    /// <summary>Program and arguments; a case's own arguments follow.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment of the program, to which a case's own is added.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public required JobLimits Limits { get; init; }

    public IReadOnlyList<JobCase> Cases { get; init; } = [new JobCase { Id = "" }];

    /// <summary>How many cases may run at the same time. Cases that run side by side share the memory limit of the container.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Take the interpreter that waits in the container, if one does; else start the command as usual.</summary>
    public bool Warm { get; init; }

    /// <summary>Put the workspace back after each case as it was before the step's first.</summary>
    public bool RestoreWorkspace { get; init; }

    public bool ContinueOnFailure { get; init; }

    /// <summary>Globs of files to send back (as <see cref="FileEvent"/>) when the step succeeds: a compiler's output, to be kept.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];
}

public sealed record JobCase
{
    public required string Id { get; init; }

    public byte[] Stdin { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Laid out before this case, beside those of the job. Where the step restores the workspace, they are gone after it.</summary>
    public IReadOnlyList<JobFile> Files { get; init; } = [];

    /// <summary>In place of the step's.</summary>
    public JobLimits? Limits { get; init; }

    /// <summary>How often its program is run, one time after the other, each with a beginning and an end of its own among the events. After one that failed no other.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>
    /// What the program reads comes from the host while it runs (<see cref="RunnerCommand.Stdin"/>), and what it writes is sent at once. The
    /// only case of its step; one of a job.
    /// </summary>
    public bool Live { get; init; }

    /// <summary>Globs of files to send back (as <see cref="FileEvent"/>) between the last output of this case and its end. Null: none.</summary>
    public IReadOnlyList<string>? Collect { get; init; }

    /// <summary>Of what one case may send back: files that are larger together are refused.</summary>
    public const int MostCollectedBytes = 1 << 20;

    public const int MostCollectedFiles = 8;
}

/// <summary>Every value is positive: "no limit" does not exist here.</summary>
public sealed record JobLimits
{
    public required long WallMs { get; init; }

    public required long CpuMs { get; init; }

    public required long MemoryBytes { get; init; }

    public required int Processes { get; init; }

    /// <summary>For stdout and stderr each.</summary>
    public required long OutputBytes { get; init; }

    public required long WorkspaceBytes { get; init; }

    public int OpenFiles { get; init; } = 256;

    /// <summary>Of the program's first thread, and of others unless it says otherwise. Null: as much as its memory, and it may ask for more.</summary>
    public long? StackBytes { get; init; }

    /// <summary>The largest file it may write. Null: as large as the workspace.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Processors it may use at a time, in parts too. Null: those of the container. Held where the cgroup is the runner's to set.</summary>
    public double? Cpus { get; init; }

    /// <summary>So much longer than its CPU and wall time it runs before it is ended. The verdict is the same.</summary>
    public long GraceMs { get; init; }

    /// <summary>Whether one file may be less than the whole workspace.</summary>
    [JsonIgnore]
    public bool HasOwnFileLimit => FileBytes < WorkspaceBytes;
}

/// <summary>A line on the runner's stdin after that of the job.</summary>
/// <param name="Data">Of <see cref="Stdin"/>.</param>
public sealed record RunnerCommand(string Kind, byte[]? Data = null)
{
    /// <summary>End everything. The end of the lines means the same: the host is gone.</summary>
    public const string Stop = "stop";

    /// <summary>More for the live case to read: at most 32 KiB. Before that case starts it is kept for it, after its end dropped.</summary>
    public const string Stdin = "stdin";

    /// <summary>No more will come for the live case.</summary>
    public const string EndOfStdin = "endOfStdin";
}

public static class ProtocolVersion
{
    public const int Current = 1;
}
