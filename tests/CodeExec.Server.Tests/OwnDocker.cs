using System.Diagnostics;

namespace CodeExec.Server.Tests;

/// <summary>A Docker engine of the test's own, to be killed: with a socket, images and containers apart from the machine's.</summary>
public sealed class OwnDocker : IAsyncDisposable
{
    public const string Image = "codeexec/python";

    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-docker-").FullName;
    private Process? _engine;

    public string Address => $"unix://{_folder}/docker.sock";

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Obstacle => !Environment.IsPrivilegedProcess ? "a Docker engine of one's own needs root"
        : !File.Exists("/usr/sbin/dockerd") && !File.Exists("/usr/bin/dockerd") ? "dockerd is not installed"
        : Run("docker", "image", "inspect", Image) != 0 ? $"the machine's Docker engine, which the image is copied from, does not answer or has no {Image}" : null;

    public async Task StartAsync()
    {
        ProcessStartInfo start = new("dockerd",
        [
            "--host", Address, "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/docker.pid",
            "--bridge", "none", "--iptables=false", "--log-level", "warn",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _engine = Process.Start(start) ?? throw new InvalidOperationException("dockerd did not start.");
        Task<string> said = _engine.StandardError.ReadToEndAsync(); // keeps its pipes empty, too
        _ = _engine.StandardOutput.ReadToEndAsync();
        while (await DockerAsync("version") != 0)
        {
            Assert.False(_engine.HasExited, $"dockerd ended as it started: {(_engine.HasExited ? await said : "")}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Gives it an image of the machine's engine.</summary>
    public async Task TakeImageAsync()
    {
        using Process copy = Process.Start("sh", ["-c", $"docker save {Image} | docker --host {Address} load --quiet >/dev/null"]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>As a crash would: the engine, its containerd, and what keeps its containers.</summary>
    public async Task KillAsync()
    {
        _engine!.Kill();
        await _engine.WaitForExitAsync();
        KillHelpers();
        File.Delete($"{_folder}/docker.pid");
    }

    /// <returns>Ids of all its containers.</returns>
    public async Task<string> ContainersAsync()
    {
        using Process list = Process.Start(new ProcessStartInfo("docker", ["--host", Address, "ps", "--all", "--quiet"]) { RedirectStandardOutput = true })!;
        string ids = await list.StandardOutput.ReadToEndAsync();
        await list.WaitForExitAsync();
        return ids.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is { HasExited: false })
        {
            using Process stop = Process.Start("kill", ["-TERM", $"{_engine.Id}"]);
            await stop.WaitForExitAsync();
            await _engine.WaitForExitAsync();
        }

        KillHelpers();
        _engine?.Dispose();

        // An engine mounts its data folder over itself, and one that was killed has not unmounted it.
        using (Process unmount = Process.Start("sh", ["-c", $"while umount --recursive {_folder}/data 2>/dev/null; do :; done"]))
        {
            await unmount.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // They are told by our folder in their command line.
    private void KillHelpers()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText($"{process}/cmdline").StartsWith("/usr/bin/containerd-shim", StringComparison.Ordinal) && File.ReadAllText($"{process}/cmdline").Contains(_folder, StringComparison.Ordinal))
                {
                    using Process helper = Process.GetProcessById(int.Parse(Path.GetFileName(process), System.Globalization.CultureInfo.InvariantCulture));
                    helper.Kill();
                    helper.WaitForExit();
                }
            }
            catch (Exception e) when (e is IOException or ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private async Task<int> DockerAsync(params string[] arguments)
    {
        using Process docker = Process.Start(new ProcessStartInfo("docker", ["--host", Address, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(docker.StandardOutput.ReadToEndAsync(), docker.StandardError.ReadToEndAsync(), docker.WaitForExitAsync());
        return docker.ExitCode;
    }
}
