using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>What a job did, put together from its events.</summary>
public sealed record JobResult(IReadOnlyList<RunnerEvent> Events)
{
    public string Stdout => Text(OutputStream.Stdout);

    public string Stderr => Text(OutputStream.Stderr);

    public CaseEndedEvent Case => Events.OfType<CaseEndedEvent>().Last();

    public IReadOnlyList<CaseEndedEvent> Cases => [.. Events.OfType<CaseEndedEvent>()];

    public string OutputOf(string @case) => Encoding.UTF8.GetString([.. Events.OfType<OutputEvent>().Where(e => e.Case == @case && e.Stream == OutputStream.Stdout).SelectMany(e => e.Data)]);

    private string Text(OutputStream stream) => Encoding.UTF8.GetString([.. Events.OfType<OutputEvent>().Where(e => e.Stream == stream).SelectMany(e => e.Data)]);
}

public static class ContainerHarness
{
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/workspace",
        ["LANG"] = "C.UTF-8",
        ["CODEEXEC_DISPLAY"] = JobDisplays.UsualFolder,
        ["PYTHONPATH"] = "/opt/codeexec/lib/python",
    };

    public static readonly JobLimits Limits = new()
    {
        WallMs = 10_000,
        CpuMs = 10_000,
        MemoryBytes = 256L << 20,
        Processes = 64,
        OutputBytes = 1 << 20,
        WorkspaceBytes = 64L << 20,
    };

    /// <summary>Says what it finds in a container that nobody can have used before.</summary>
    public static Job LooksAround => Python("import os; print(os.listdir('.'), os.listdir('/tmp'), os.listdir('/dev/shm'), len(open('/proc/sysvipc/shm').readlines()))");

    /// <summary>What <see cref="LooksAround"/> must find: its own file, and the headline of a list of shared memory.</summary>
    public const string Untouched = "['main.py'] [] [] 1";

    public static Job Python(string code, JobLimits? limits = null, string stdin = "", bool warm = false, params string[] args) => new()
    {
        Id = "job",
        Files = [new JobFile("main.py", Encoding.UTF8.GetBytes(code))],
        Steps =
        [
            new JobStep
            {
                Name = "run",
                Command = ["python3", "main.py"],
                Environment = Environment,
                Limits = limits ?? Limits,
                Cases = [new JobCase { Id = "", Stdin = Encoding.UTF8.GetBytes(stdin), Arguments = args }],
                Warm = warm,
            },
        ],
    };

    public static async Task<JobResult> RunAsync(this IContainer container, Job job, CancellationToken cancellationToken = default)
    {
        JobLimits limits = job.Steps[^1].Limits;
        List<RunnerEvent> events = [];
        await foreach (RunnerEvent received in container.RunAsync(job, new ContainerLimits(limits.MemoryBytes + (16L << 20), limits.Processes + 8, 2), cancellationToken))
        {
            events.Add(received);
        }

        return new JobResult(events);
    }
}
