using System.Globalization;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Core.Containers;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Network;

/// <summary>
/// Gives a cell a way to the internet: slirp4netns carries its packets as a user process, so the cell never sees the host's
/// interfaces. Internal and link-local ranges are made unreachable inside the cell's own network namespace, where programs have no
/// right to change routes; the host's loopback is refused by slirp4netns.
/// </summary>
internal sealed class CellNetwork : IDisposable
{
    /// <summary>RFC 1918, 6598 and 3927, the platforms' own addresses, multicast and the reserved rest. The cell's own net (10.0.2.0/24) is nearer than these.</summary>
    public static IReadOnlyList<string> UnreachableRanges { get; } =
    [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "168.63.129.16/32",
        "0.0.0.0/8", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] ProgramFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly int _pid;
    private readonly FileDescriptor _lifeline;

    private CellNetwork(int pid, FileDescriptor lifeline)
    {
        _pid = pid;
        _lifeline = lifeline;
    }

    /// <param name="jail">The process id of the jail's outer process.</param>
    /// <exception cref="ContainerUnavailableException">The cell has no network, and must not be used as if it had.</exception>
    public static async Task<CellNetwork> AttachAsync(int jail, CellLauncher launcher)
    {
        string inside = InnerProcess(jail).ToString(CultureInfo.InvariantCulture);
        string slirp = Find("slirp4netns");
        string[] enter = Environment.IsPrivilegedProcess
            ? [Find("nsenter"), "-t", inside, "-n", "--"]
            : [Find("nsenter"), "-t", inside, "-U", "-n", "--preserve-credentials", "--"];
        string routes = string.Join(" && ", UnreachableRanges.Select(range => $"{Find("ip")} route add unreachable {range}"));

        using Pipe ready = Pipe.Create();
        using Pipe lifeline = Pipe.Create();
        string[] user = Environment.IsPrivilegedProcess ? [] : ["--userns-path", $"/proc/{inside}/ns/user"];
        int pid = await launcher.StartAsync(new SpawnRequest
        {
            Path = slirp,
            Arguments =
            [
                "slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", "--enable-sandbox", "--enable-seccomp",
                "--ready-fd=3", "--exit-fd=4", .. user, "--netns-type=path", $"/proc/{inside}/ns/net", "tap0",
            ],
            Descriptors = [(3, ready.WriteEnd), (4, lifeline.ReadEnd)],
            WorkingDirectory = "/",
        });
        ready.WriteEnd.Dispose();
        CellNetwork network = new(pid, lifeline.WriteEnd.Duplicate());
        try
        {
            bool isUp = await Task.Run(() => Poll.WaitFor(ready.ReadEnd.Value, PollEvents.In, Patience) && ready.ReadEnd.Read(new byte[1]) == 1);
            int routed = await RunAsync(launcher, [.. enter, "/bin/sh", "-c", routes]);
            return isUp && routed == 0
                ? network
                : throw new ContainerUnavailableException("The cell got no network: slirp4netns or its routes failed. Nothing was run.");
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _lifeline.Dispose();
        Signals.Send(_pid, SignalNumber.Kill);
        _ = ChildProcesses.WaitAndReap(_pid);
    }

    // The runner: bubblewrap's one child.
    private static int InnerProcess(int jail)
    {
        string children = File.ReadAllText($"/proc/{jail}/task/{jail}/children");
        return int.TryParse(children.Split(' ')[0], CultureInfo.InvariantCulture, out int child)
            ? child
            : throw new ContainerUnavailableException("The cell ended before it had a network.");
    }

    private static async Task<int> RunAsync(CellLauncher launcher, string[] command)
    {
        int pid = await launcher.StartAsync(new SpawnRequest { Path = command[0], Arguments = command, WorkingDirectory = "/" });
        ProcessExit? exit = await Task.Run(() => ChildProcesses.WaitAndReap(pid));
        return exit?.ExitCode ?? -1;
    }

    private static string Find(string program)
        => ProgramFolders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new ContainerUnavailableException($"A cell with a network needs {program}. Install it: apt-get install slirp4netns iproute2 util-linux.");
}
