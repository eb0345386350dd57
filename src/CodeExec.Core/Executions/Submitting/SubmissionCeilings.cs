using System.ComponentModel.DataAnnotations;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>The most that a submission may ask for. What asks for more is refused, never silently lowered.</summary>
public sealed class SubmissionCeilings
{
    public const string Section = "Submissions";

    /// <summary>Of a step: 1 second to 1 hour, 10 minutes unless set.</summary>
    [Range(1_000, 3_600_000)]
    public int WallTimeMs { get; set; } = 600_000;

    /// <summary>Of a step, over all its processes: 1 second to 4 hours, 10 minutes unless set.</summary>
    [Range(1_000, 14_400_000)]
    public int CpuTimeMs { get; set; } = 600_000;

    /// <summary>16 MiB to 1 TiB, 2 GiB unless set. Keep it below what the machine has.</summary>
    [Range(16, 1 << 20)]
    public int MemoryMb { get; set; } = 2048;

    /// <summary>Processes and threads: 1 to 32,768, 512 unless set.</summary>
    [Range(1, 32_768)]
    public int Processes { get; set; } = 512;

    /// <summary>Kept of each output stream: 1 KiB to 1 GiB, 64 MiB unless set.</summary>
    [Range(1, 1 << 20)]
    public int OutputKb { get; set; } = 64 << 10;

    /// <summary>1 MiB to 64 GiB, 1 GiB unless set. It is memory where workspaces are memory file systems.</summary>
    [Range(1, 64 << 10)]
    public int WorkspaceMb { get; set; } = 1024;

    /// <summary>Of a program: 64 KiB to 1 TiB, as much as memory unless set.</summary>
    [Range(64, 1 << 30)]
    public int? StackKb { get; set; }

    /// <summary>One file that a program writes: 1 KiB to 64 GiB, as much as a workspace unless set.</summary>
    [Range(1, 64 << 20)]
    public int? FileSizeKb { get; set; }

    /// <summary>Of each process: 16 to 1,048,576, 4,096 unless set. Above what the service itself may open it is no limit.</summary>
    [Range(16, 1 << 20)]
    public int OpenFiles { get; set; } = 4096;

    /// <summary>Processors at a time: 0.1 to 1,024, which is also what is unless set: all that there are.</summary>
    [Range(0.1, 1024)]
    public double Cpus { get; set; } = 1024;

    /// <summary>Of one program, or on one test: 1 to 100, 20 unless set. All of them together have the time of one at its ceiling.</summary>
    [Range(1, 100)]
    public int Runs { get; set; } = 20;

    /// <summary>How much longer than its time a program may run before it is ended: 0 to 10 minutes, 10 seconds unless set.</summary>
    [Range(0, 600_000)]
    public int GraceMs { get; set; } = 10_000;

    /// <summary>1 to 100,000, 1,000 unless set.</summary>
    [Range(1, 100_000)]
    public int Files { get; set; } = 1000;

    /// <summary>All files of a submission together, decoded: 1 KiB to 1 GiB, 16 MiB unless set.</summary>
    [Range(1024, 1 << 30)]
    public int FileBytes { get; set; } = 16 << 20;

    /// <summary>1 KiB to 1 GiB, 16 MiB unless set.</summary>
    [Range(1024, 1 << 30)]
    public int StdinBytes { get; set; } = 16 << 20;

    /// <summary>Arguments of the program, and of the compiler: 1 to 10,000 each, 256 unless set.</summary>
    [Range(1, 10_000)]
    public int Arguments { get; set; } = 256;

    /// <summary>Environment variables and secrets together: 1 to 10,000, 128 unless set.</summary>
    [Range(1, 10_000)]
    public int Variables { get; set; } = 128;

    /// <summary>One argument, or one variable with its name: 1 to 131,071 bytes, which is the kernel's own limit; 32 KiB unless set.</summary>
    [Range(1, 131_071)]
    public int ArgumentBytes { get; set; } = 32 << 10;

    /// <summary>All arguments and variables together: 1 KiB to 2 MiB, 1 MiB unless set.</summary>
    [Range(1024, 2 << 20)]
    public int ArgumentsAndVariablesBytes { get; set; } = 1 << 20;

    /// <summary>How far ahead work may be asked to begin (<c>startAt</c>, <c>delayMs</c>): 0 to 10 years, 366 days unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3660.00:00:00")]
    public TimeSpan StartWithin { get; set; } = TimeSpan.FromDays(366);

    /// <summary>0 to 1,000, 32 unless set.</summary>
    [Range(0, 1000)]
    public int Labels { get; set; } = 32;

    /// <summary>Patterns of files to keep: 0 to 1,000, 32 unless set.</summary>
    [Range(0, 1000)]
    public int Artifacts { get; set; } = 32;
}
