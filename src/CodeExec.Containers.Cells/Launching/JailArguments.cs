using CodeExec.Containers.Cells.Preparation;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>
/// The arguments that make bubblewrap a cell. Its authors say it: the protection is exactly what the arguments make it. All that a
/// program in a cell can see of the host is listed here.
/// </summary>
internal static class JailArguments
{
    public const string RunnerInside = "/opt/codeexec/runner";
    public const string SeccompInside = "/opt/codeexec/seccomp.bpf";
    public const string CellLibraryInside = "/opt/codeexec/cell.so";
    public const string LibraryInside = "/opt/codeexec/lib";
    public const string PythonInside = LibraryInside + "/held/python";
    public const string NodePreloadInside = LibraryInside + "/held/preload.js";
    public const string Workspace = "/workspace";

    /// <summary>What every program needs to start. Only what exists on this host is taken.</summary>
    private static readonly string[] SystemPaths = ["/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/mime.types"];

    /// <summary>Links into /usr on a merged system, folders of their own elsewhere.</summary>
    private static readonly string[] SystemLinks = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    public static List<string> Common(ContainerSpec spec, RuntimeFolder runtime, IEnumerable<string> toolchainPaths)
    {
        string size = ((long)spec.WorkspaceMb << 20).ToString(System.Globalization.CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "--unshare-all", "--die-with-parent", "--new-session", "--clearenv",
            "--uid", "1000", "--gid", "1000", "--hostname", "cell",
        ];
        foreach (string path in SystemPaths.Concat(toolchainPaths).Where(Path.Exists).Distinct())
        {
            arguments.AddRange(["--ro-bind", path, path]);
        }

        foreach (string path in SystemLinks.Where(Path.Exists))
        {
            arguments.AddRange(File.ResolveLinkTarget(path, returnFinalTarget: false) is not null || Directory.ResolveLinkTarget(path, returnFinalTarget: false) is not null
                ? ["--symlink", new DirectoryInfo(path).LinkTarget!, path]
                : ["--ro-bind", path, path]);
        }

        foreach (string file in new[] { "passwd", "group", "hosts", "nsswitch.conf" })
        {
            arguments.AddRange(["--ro-bind", Path.Combine(runtime.Etc, file), "/etc/" + file]);
        }

        bool network = spec.Network == NetworkAccess.Full;
        arguments.AddRange(["--ro-bind", Path.Combine(runtime.Etc, network ? "resolv-network.conf" : "resolv.conf"), "/etc/resolv.conf"]);
        if (network && Directory.Exists("/etc/ssl"))
        {
            arguments.AddRange(["--ro-bind", "/etc/ssl", "/etc/ssl"]);
        }

        arguments.AddRange(
        [
            "--proc", "/proc", "--dev", "/dev",
            "--size", size, "--perms", "0755", "--tmpfs", "/dev/shm",
            "--size", size, "--perms", "0755", "--tmpfs", "/tmp",
            "--size", size, "--perms", "0755", "--tmpfs", Workspace,
            "--dir", "/run", "--dir", "/var", "--symlink", "../tmp", "/var/tmp",
            "--ro-bind", runtime.Runner, RunnerInside,
            "--chdir", Workspace,
        ]);
        return arguments;
    }

    // The settings of a namespace belong to whoever made it, and to the kernel that is the user in the cell. Pressure files are the whole
    // machine's: who writes to one makes the kernel watch for him. (Not in a template: the kernel lets a /proc that is covered anywhere
    // have no further one below it. Its cells cover their own.)
    private static List<string> ProcCovers()
    {
        List<string> arguments = ["--ro-bind", "/proc/sys", "/proc/sys"];
        if (Directory.Exists("/proc/pressure"))
        {
            arguments.AddRange(["--perms", "0555", "--tmpfs", "/proc/pressure", "--remount-ro", "/proc/pressure"]);
        }

        return arguments;
    }

    /// <summary>A cell for one job: no capability, the filter on, the runner as its first process.</summary>
    /// <param name="library">Whether its programs may load our code.</param>
    public static List<string> Cell(ContainerSpec spec, RuntimeFolder runtime, IEnumerable<string> toolchainPaths, PreparedToolchain? prepared, bool library, int seccompDescriptor)
    {
        List<string> arguments = Common(spec, runtime, toolchainPaths);
        if (prepared is not null)
        {
            arguments.AddRange(["--ro-bind", prepared.Folder, Path.GetDirectoryName(ToolchainPreparation.FolderOf(spec.Language))!]);
        }

        if (library || spec.Held is { Kind: HoldKind.Start })
        {
            arguments.AddRange(["--ro-bind", runtime.Library, LibraryInside]);
        }

        arguments.AddRange(ProcCovers());
        arguments.AddRange(
        [
            "--remount-ro", "/dev", "--remount-ro", "/",
            "--as-pid-1", "--cap-drop", "ALL",
            "--seccomp", seccompDescriptor.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ]);
        return arguments;
    }

    /// <summary>
    /// The jail of a template: like a cell's, but its one trusted process keeps its powers over the jail's own namespaces, to make
    /// cells inside. Each gives up all of them before user code comes near.
    /// </summary>
    public static List<string> Template(ContainerSpec spec, RuntimeFolder runtime, IEnumerable<string> toolchainPaths)
    {
        List<string> arguments = Common(spec, runtime, toolchainPaths);
        arguments.AddRange(
        [
            "--ro-bind", runtime.Library, LibraryInside,
            "--ro-bind", runtime.SeccompOfForks, SeccompInside,
            "--ro-bind", runtime.CellLibrary, CellLibraryInside,
            "--remount-ro", "/dev", "--remount-ro", "/",
            "--cap-add", "ALL",
        ]);
        return arguments;
    }
}
