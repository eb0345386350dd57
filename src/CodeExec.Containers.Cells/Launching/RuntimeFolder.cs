using CodeExec.Containers.Cells.Seccomp;
using CodeExec.Core.Containers;
using CodeExec.Linux.Filters;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>
/// A folder that the unprivileged users of cells can read, with the files that are mounted into every cell. The data folder is
/// closed to them, and so may be the place where the service is installed.
/// </summary>
internal sealed class RuntimeFolder(string path)
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string Path { get; } = path;

    public string Runner => In("runner");

    public string Seccomp => In("seccomp.bpf");

    /// <summary>The same for programs that no runner has started, and that nothing else keeps from its limits.</summary>
    public string SeccompOfForks => In("seccomp-forks.bpf");

    /// <summary>What a template forks cells with.</summary>
    public string CellLibrary => In("cell.so");

    /// <summary>Code of ours beside the programs': what holds interpreters, and what programs may load.</summary>
    public string Library => In("lib");

    public string Etc => In("etc");

    public static string DefaultFor(CellsOptions options)
        => options.RuntimeFolder ?? System.IO.Path.Combine(
            Environment.IsPrivilegedProcess ? "/run/codeexec" : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"codeexec-{Environment.UserName}"),
            options.HostName);

    /// <summary>Writes everything anew: what an earlier version left does not matter.</summary>
    public void Create(string runner)
    {
        string library = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(runner)!, RunnerBinary.CellLibrary);
        if (!File.Exists(runner) || !File.Exists(library))
        {
            throw new ContainerUnavailableException($"The runner, or {RunnerBinary.CellLibrary} beside it, is missing at {runner}. Build it: dotnet publish src/CodeExec.Runner -c Release -o artifacts/runner (./run does).");
        }

        Remove();
        MakeFolder(Path);
        MakeFolder(Etc);
        File.Copy(runner, Runner);
        File.SetUnixFileMode(Runner, Folder);
        File.Copy(library, CellLibrary);
        File.SetUnixFileMode(CellLibrary, Folder);
        Write(Seccomp, SeccompFilter.Assemble());
        Write(SeccompOfForks, SeccompFilter.AssembleWith(RunnerShield.OfFirstProcess()));
        WriteLibrary();
        WriteText("etc/passwd", "root:x:0:0:root:/root:/usr/sbin/nologin\nuser:x:1000:1000:user:/workspace:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
        WriteText("etc/group", "root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n");
        WriteText("etc/hosts", "127.0.0.1 localhost cell\n::1 localhost cell\n");
        WriteText("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        WriteText("etc/resolv.conf", "");
        WriteText("etc/resolv-network.conf", "nameserver 10.0.2.3\n");
    }

    public void Remove()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static void MakeFolder(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Folder);
    }

    private void WriteLibrary()
    {
        MakeFolder(Library);
        foreach (string name in typeof(RuntimeFolder).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("lib/", StringComparison.Ordinal)))
        {
            for (int slash = name.IndexOf('/', "lib/".Length); slash > 0; slash = name.IndexOf('/', slash + 1))
            {
                MakeFolder(In(name[..slash]));
            }

            Write(In(name), Resource(name));
        }
    }

    private void WriteText(string name, string text) => Write(In(name), System.Text.Encoding.UTF8.GetBytes(text));

    private static void Write(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, Readable);
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(RuntimeFolder).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing from the build.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
