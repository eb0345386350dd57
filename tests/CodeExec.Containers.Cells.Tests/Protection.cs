using CodeExec.Contracts.Containers;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>One barrier of docs/security.md, how to take it away from what is started, and the class that must then be red.</summary>
/// <param name="Always">In every build; the others with ./test --long.</param>
public sealed record Protection(string Name, string Class, Func<SpawnRequest, SpawnRequest> Remove, bool Always = false, Action? CleanUp = null)
{
    private static readonly string[] Namespaces = ["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup"];

    /// <summary>Classes that only a cell has: the rest are the contract's.</summary>
    public static IReadOnlyList<HostileProgram> Probes { get; } =
    [
        new("is nobody on the host", "import os; print(os.stat('/usr').st_uid)", "exit 0", "65534"), // the host's root, seen by somebody else
        new("has a name of its own", "import socket; print(socket.gethostname())", "exit 0", "cell"),
        new("inherits no descriptor", "import os\nprint(sorted(fd for fd in map(int, os.listdir('/proc/self/fd')) if os.path.exists(f'/proc/self/fd/{fd}')))", "exit 0", "[0, 1, 2]"),
        new("has the environment it was given", "import os\nprint(sorted(name for name in os.environ if name != 'LC_CTYPE'))\ntry: print(open('/proc/1/environ').read())\nexcept OSError: pass", "exit 0", "['CODEEXEC_DISPLAY', 'HOME', 'LANG', 'PATH', 'PYTHONPATH']"),
        new("many processes", "import os, time\nfor i in range(200):\n    if os.fork() == 0: time.sleep(5); os._exit(0)", "limit Processes"),
    ];

    public static IReadOnlyList<Protection> All { get; } =
    [
        new("network namespace", "connects anywhere", r => Without(r, "--unshare-net"), Always: true),
        new("seccomp filter", "forbidden system calls", r => Drop(r, "--seccomp", 1), Always: true),
        new("memory cgroup", "memory at 150 % of the limit", r => DropJoin(r, "/memory/"), Always: true),
        new("pids cgroup", "many processes", r => DropJoin(r, "/pids/")),
        new("pid namespace", "sees other processes", r => Replace(r, ["--proc", "/proc"], ["--ro-bind", "/proc", "/proc"])),
        new("ipc namespace", "state left for the next run", r => Without(r, "--unshare-ipc"), CleanUp: RemoveSegment),
        new("uts namespace", "has a name of its own", r => Replace(Without(r, "--unshare-uts"), ["--hostname", "cell"], [])),
        new("user id of its own on the host", "is nobody on the host", r => Drop(r, "setpriv", 7, "--no-new-privs")),
        new("capabilities dropped", "privileges", r => Replace(r, ["--cap-drop", "ALL"], ["--cap-add", "ALL"])),
        new("read-only root", "writes outside of its workspace", r => Replace(r, ["--remount-ro", "/"], []), Always: true),
        new("size of the workspace", "many big files", r => Drop(r, "--size", 1)),
        new("nothing else of the host's files", "reads the host's files", r => Insert(r, "--ro-bind", "/var", "/srv")),
        new("private shared memory", "state left for the next run", r => InPlaceOfMemory(r, "/dev/shm"), CleanUp: () => File.Delete("/dev/shm/left")),
        new("private /tmp", "state left for the next run", r => InPlaceOfMemory(r, "/tmp"), CleanUp: () => File.Delete("/tmp/left")),
    ];

    /// <summary>First lines with a second behind them: with the first alone gone, the class must stay green.</summary>
    public static IReadOnlyList<Protection> Doubled { get; } =
    [
        new("no new privileges, set before the jail (bubblewrap sets it, too)", "privileges", r => Replace(r, ["--no-new-privs"], [])),
        new("capabilities dropped by name (a user who is not root keeps none)", "privileges", r => Replace(r, ["--cap-drop", "ALL"], [])),
        new("session of its own (the filter refuses TIOCSTI, too)", "terminal injection", r => Replace(r, ["--new-session"], [])),
        new("empty environment of the jail (the runner gives each program its own)", "has the environment it was given", r => Replace(r, ["--clearenv"], []) with { Environment = [.. r.Environment, "CANARY=1"] }),
        new("no descriptor of the host in the jail (the runner hands none on)", "inherits no descriptor", r => r with { Descriptors = [.. r.Descriptors, (200, r.Descriptors[0].Source)] }),
    ];

    public override string ToString() => Name;

    private static SpawnRequest Without(SpawnRequest request, string space)
        => Replace(request, ["--unshare-all"], [.. Namespaces.Where(one => one != space)]);

    /// <summary>Takes out every option of this name with its values, to be found before <paramref name="follows"/> if that is given.</summary>
    private static SpawnRequest Drop(SpawnRequest request, string option, int values, string? follows = null)
    {
        List<string> arguments = [.. request.Arguments];
        for (int at; (at = arguments.IndexOf(option)) >= 0 && (follows is null || arguments.IndexOf(follows, at) >= 0);)
        {
            arguments.RemoveRange(at, values + 1);
        }

        return request with { Arguments = arguments };
    }

    private static SpawnRequest DropJoin(SpawnRequest request, string controller)
        => request with { Arguments = [.. request.Arguments.Where(argument => !(argument.Contains(controller, StringComparison.Ordinal) && argument.EndsWith("cgroup.procs", StringComparison.Ordinal)))] };

    /// <summary>The last place where these stand one after the other.</summary>
    private static SpawnRequest Replace(SpawnRequest request, string[] what, string[] with)
    {
        List<string> arguments = [.. request.Arguments];
        for (int at = arguments.Count - what.Length; at >= 0; at--)
        {
            if (arguments.GetRange(at, what.Length).SequenceEqual(what))
            {
                arguments.RemoveRange(at, what.Length);
                arguments.InsertRange(at, with);
                return request with { Arguments = arguments };
            }
        }

        throw new InvalidOperationException($"'{string.Join(' ', what)}' is not among the arguments: the protection is switched on in another way now, and so must be its test.");
    }

    /// <summary>The host's own folder where a memory file system of limited size would be.</summary>
    private static SpawnRequest InPlaceOfMemory(SpawnRequest request, string path)
    {
        List<string> arguments = [.. request.Arguments];
        int at = arguments.IndexOf("--tmpfs");
        while (arguments[at + 1] != path)
        {
            at = arguments.IndexOf("--tmpfs", at + 1);
        }

        int size = arguments.LastIndexOf("--size", at);
        arguments.RemoveRange(size, at + 2 - size);
        arguments.InsertRange(size, ["--bind", path, path]);
        return request with { Arguments = arguments };
    }

    private static SpawnRequest Insert(SpawnRequest request, params string[] more)
    {
        List<string> arguments = [.. request.Arguments];
        arguments.InsertRange(arguments.IndexOf("--chdir"), more);
        return request with { Arguments = arguments };
    }

    private static void RemoveSegment()
    {
        using System.Diagnostics.Process remove = System.Diagnostics.Process.Start("ipcrm", ["-M", "0x5eed"]);
        remove.WaitForExit();
    }
}
