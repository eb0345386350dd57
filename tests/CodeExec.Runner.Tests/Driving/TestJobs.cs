using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Runner.Tests.Driving;

/// <summary>Jobs in as few words as a test needs.</summary>
public static class TestJobs
{
    public static JobLimits Limits { get; } = new()
    {
        WallMs = 30_000,
        CpuMs = 20_000,
        MemoryBytes = 512L << 20,
        Processes = 200,
        OutputBytes = 1 << 20,
        WorkspaceBytes = 64 << 20,
    };

    private static Dictionary<string, string> Environment { get; } = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    public static JobStep Step(params string[] command) => new()
    {
        Name = "run",
        Command = command,
        Environment = Environment,
        Limits = Limits,
    };

    public static JobStep Shell(string script) => Step("sh", "-c", script);

    public static JobStep Python(string script) => Step(SystemPython, "-c", script);

    /// <summary>Not the first of PATH: that may be a shell script that chooses among several.</summary>
    public const string SystemPython = "/usr/bin/python3";

    public static JobStep WithStdin(this JobStep step, byte[] stdin) => step with { Cases = [new JobCase { Id = "", Stdin = stdin }] };

    public static JobStep WithStdin(this JobStep step, string stdin) => step.WithStdin(Encoding.UTF8.GetBytes(stdin));

    public static JobStep WithLimits(this JobStep step, Func<JobLimits, JobLimits> change) => step with { Limits = change(step.Limits) };

    public static JobStep WithCases(this JobStep step, int count) => step with { Cases = [.. Enumerable.Range(0, count).Select(i => new JobCase { Id = $"{i}" })] };

    public static Job ToJob(this JobStep step, params JobFile[] files) => Of([step], files);

    public static Job Of(JobStep[] steps, params JobFile[] files) => new() { Id = "job", Steps = steps, Files = files };

    public static JobFile File(string path, string text, bool executable = false) => new(path, Encoding.UTF8.GetBytes(text), executable);
}
