using System.Diagnostics;

namespace CodeExec.Runner.Tests.Driving;

/// <summary>The published program: CODEEXEC_RUNNER, or artifacts/runner/codeexec-runner, which is made if it is not there.</summary>
public static class RunnerBinary
{
    private static readonly Lazy<string> Located = new(Locate);

    public static string Path => Located.Value;

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("CODEEXEC_RUNNER") is { Length: > 0 } given)
        {
            return given;
        }

        string root = RepositoryRoot();
        string built = System.IO.Path.Combine(root, "artifacts", "runner", "codeexec-runner");
        if (!File.Exists(built) || !File.Exists(System.IO.Path.Combine(root, "artifacts", "runner", "codeexec-cell.so")))
        {
            Publish(root);
        }

        return File.Exists(built) ? built : throw new InvalidOperationException($"Publishing the runner made no {built}.");
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "CodeExec.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run below the repository: set CODEEXEC_RUNNER.");
    }

    private static void Publish(string root)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = root, RedirectStandardOutput = true };
        foreach (string argument in (string[])["publish", "src/CodeExec.Runner", "-c", "Release", "-o", "artifacts/runner"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process publish = Process.Start(start)!;
        string output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"The runner could not be published:\n{output}");
        }
    }
}
