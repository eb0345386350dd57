using CodeExec.Bench.Native;

namespace CodeExec.Bench.Scenarios.Docker;

/// <summary>A Python hello as most would run it in Docker: <c>docker run --rm --network none</c>, a new container each time.</summary>
internal sealed class DockerRun : IDisposable
{
    public const string Image = "codeexec/python";

    private static readonly string[] Folders = ["/usr/local/bin", "/usr/bin", "/bin"];

    private readonly BareCommand _run = new("/tmp", Program(), "run", "--rm", "--network", "none", "--entrypoint", "python3", Image, "-c", "print('hello world')");

    /// <summary>Why it can not be measured here; null if it can.</summary>
    public static string? WhyNot()
    {
        if (!Folders.Any(folder => File.Exists(Path.Combine(folder, "docker"))))
        {
            return "no docker command";
        }
        using BareCommand inspect = new("/tmp", Program(), "image", "inspect", "--format", "{{.Id}}", Image);
        try
        {
            inspect.Run();
            return null;
        }
        catch (BenchFailedException)
        {
            return $"Docker does not answer, or has no image {Image} (infra/images/build --only python)";
        }
    }

    public void Run()
    {
        if (!_run.Run().SequenceEqual(Hello.HelloProgram.Output("world")))
        {
            throw new BenchFailedException("docker run printed something else than hello world.");
        }
    }

    public void Dispose() => _run.Dispose();

    private static string Program() => Folders.Select(folder => Path.Combine(folder, "docker")).FirstOrDefault(File.Exists) ?? "docker";
}
