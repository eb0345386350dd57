using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Machines that give a server less than it wishes for: it works, and says by name what is weaker, or it says in a sentence why not.</summary>
public sealed class HostileHostTests : IClassFixture<HostileHostTests.ReadableCopy>
{
    private const string Nobody = "64999";

    private static readonly string[] AsNobody = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--"];

    private readonly ReadableCopy _copy;

    public HostileHostTests(ReadableCopy copy) => _copy = copy;

    /// <summary>The server's files where every user of the machine can read them, and a data folder of nobody's.</summary>
    public sealed class ReadableCopy : IDisposable
    {
        public ReadableCopy()
        {
            if (!Environment.IsPrivilegedProcess)
            {
                return;
            }

            string root = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(root, "CodeExec.sln")))
            {
                root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests run outside of the repository.");
            }

            Shell($"cp -r '{AppContext.BaseDirectory}' '{Server}' && cp '{root}/artifacts/runner/'codeexec-* '{Server}/' && cp -r '{root}/languages' '{Folder}/languages' && chmod -R a+rX '{Folder}'");
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("codeexec-copy-").FullName;

        public string Server => Path.Combine(Folder, "server");

        public string Languages => Path.Combine(Folder, "languages");

        /// <summary>Goes with the rest.</summary>
        public string NewDataFolder()
        {
            string data = Path.Combine(Folder, $"data-{Guid.NewGuid():n}");
            Shell($"mkdir -m 700 '{data}' && chown {Nobody}:{Nobody} '{data}'");
            return data;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        private static void Shell(string command)
        {
            using System.Diagnostics.Process shell = System.Diagnostics.Process.Start("/bin/sh", ["-ec", command]);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }
    }

    [SkippableFact]
    public async Task Start_NotRootAndWithoutCgroups_WorksAndNamesWhatIsWeakerEverywhere()
    {
        await using ServerProcess server = await StartAsync(AsNobody);
        Skip.If(server.Report.Any(line => line.Contains("does not let us make jails", StringComparison.Ordinal)), "no jail can be made by a user who is not root on this machine");

        Assert.Contains(server.Report, line => line.StartsWith("Weaker than it could be (cells): No cgroups", StringComparison.Ordinal));
        Assert.Contains(server.Report, line => line.Contains("does not run as root", StringComparison.Ordinal));
        JsonElement health = await server.Http.GetFromJsonAsync<JsonElement>("/health");
        Assert.Contains("No cgroups", health.ToString(), StringComparison.Ordinal);
        foreach ((string language, string code, string ending) in new[]
        {
            ("python", "print('ok')", "completed exited"),
            ("python", "import os\nfor p in ('/root', '/work', '/home'):\n    try: print(os.listdir(p))\n    except OSError: pass\nprint('ok')", "completed exited"),
            ("javascript", "console.log('ok')", "completed exited"),
            ("c", "#include <stdio.h>\nint main(void) { puts(\"ok\"); return 0; }", "completed exited"),
            ("cpp", "#include <iostream>\nint main() { std::cout << \"ok\\n\"; }", "completed exited"),
            ("python", "print('ok', flush=True)\nwhile True: pass", "timeout limitExceeded"),
            ("python", "print('ok', flush=True)\nimport time; time.sleep(60)", "timeout limitExceeded"),
            ("python", "print('ok', flush=True)\na = []\nwhile True: a.append(bytearray(1 << 20))", "failed limitExceeded"),
            ("python", "print('ok', flush=True)\nimport os, time\nfor i in range(40):\n    if os.fork() == 0: time.sleep(60)\ntime.sleep(60)", "failed limitExceeded"),
        })
        {
            JsonElement run = await server.RunAsync(new { language, code, limits = new { wallTimeMs = 4000, cpuTimeMs = 1000, processes = 20 } });

            Assert.Equal((ending, "ok\n"), ($"{run.Text("status")} {run.At("outcome").Text("kind")}", run.At("run").Text("stdout")));
            Assert.Equal("cells without cgroups, under the service's own user", run.Text("isolation"));
        }

        const string Limits = "import resource\nprint(*(resource.getrlimit(kind)[1] for kind in (resource.RLIMIT_STACK, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)))";
        JsonElement part = await server.RunAsync(new { language = "python", code = Limits, limits = new { cpus = 0.5, stackKb = 1024, fileSizeKb = 1, openFiles = 20 } });
        Assert.Equal("cells without cgroups, under the service's own user, without a processor quota", part.Text("isolation"));
        Assert.Equal("1048576 1024 20\n", part.At("run").Text("stdout"));

        Assert.Equal(0, await server.StopAsync());
        await NobodyHasProcessesAsync();
    }

    // Two seconds are promised; what was killed takes the kernel a moment.
    private static async Task NobodyHasProcessesAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5), TimeProvider.System);
        while (Directory.EnumerateDirectories("/proc").Any(OwnerIsNobody))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    [SkippableFact]
    public async Task Start_WithoutCgroupsWhereTheyAreDemanded_RefusesToRunAndSaysWhatIsMissing()
    {
        await using ServerProcess server = await StartAsync(AsNobody, "--Cells:AllowWithoutCgroups=false");

        await RefusesAsync(server, "Cells:AllowWithoutCgroups");
    }

    /// <summary>A kernel that lets nobody make a user namespace, as some distributions and most containers have it: made here by a limit of zero in an outer one.</summary>
    [SkippableFact]
    public async Task Start_UserNamespacesAreOff_SaysSoInASentence()
    {
        await using ServerProcess server = await StartAsync(
            [.. AsNobody, "unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --inh-caps=-all --ambient-caps=-all -- \"$@\"", "sh"]);

        await RefusesAsync(server, "user namespaces");
    }

    private static async Task RefusesAsync(ServerProcess server, string reason)
    {
        string said = Assert.Single(server.Report, line => line.StartsWith("Nothing can run in cells yet:", StringComparison.Ordinal));
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Report, line => line.Contains("   at ", StringComparison.Ordinal));
        using HttpResponseMessage health = await server.Http.GetAsync("/health");
        Assert.Contains(reason, await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);

        using HttpResponseMessage submitted = await server.Http.PostAsJsonAsync("/api/executions?wait=30", new { language = "python", code = "print('ran')" });
        string answer = await submitted.Content.ReadAsStringAsync();
        Assert.DoesNotContain("ran\\n", answer, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.InternalServerError, submitted.StatusCode);
        Assert.Equal(0, await server.StopAsync());
    }

    private async Task<ServerProcess> StartAsync(IReadOnlyList<string> through, params string[] settings)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "only root can start a server as somebody else");
        Skip.IfNot(File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/unshare"), "setpriv and unshare are not installed (apt-get install util-linux)");
        return await ServerProcess.StartAsync(through, _copy.Server, _copy.NewDataFolder(), [$"--Languages:Path={_copy.Languages}", .. settings]);
    }

    private static bool OwnerIsNobody(string processFolder)
    {
        try
        {
            return File.ReadLines(Path.Combine(processFolder, "status")).Any(line => line.StartsWith($"Uid:\t{Nobody}\t", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // no process, or ended meanwhile
        }
    }
}
