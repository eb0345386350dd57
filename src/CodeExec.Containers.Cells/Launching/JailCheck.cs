using CodeExec.Core.Containers;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>Makes one empty jail, the way cells are made, to know that it can be done.</summary>
internal static class JailCheck
{
    private static readonly string[] Links = ["/lib", "/lib64"];
    private static readonly string[] ProgramFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <exception cref="ContainerUnavailableException">It can not; the message tells the operator what to do.</exception>
    public static void Require()
    {
        string path = FindOnPath("bwrap")
            ?? throw new ContainerUnavailableException("bubblewrap is missing. Install it: apt-get install bubblewrap (./run does where it may).");
        List<string> command = ["bwrap", "--unshare-all", "--ro-bind", "/usr", "/usr", "--ro-bind", path, "/bwrap", "/bwrap", "--version"];
        foreach (string link in Links.Where(Path.Exists))
        {
            command.InsertRange(2, ["--ro-bind", link, link]);
        }

        if (Environment.IsPrivilegedProcess)
        {
            _ = FindOnPath("setpriv") ?? throw new ContainerUnavailableException("setpriv is missing. Install it: apt-get install util-linux.");
            command.InsertRange(0, ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]);
        }

        (int? code, string complaints) = Run(command);
        if (code != 0)
        {
            throw new ContainerUnavailableException(
                $"This machine does not let us make jails: {complaints} Cells need unprivileged user namespaces. Allow them "
                + "(sysctl -w kernel.unprivileged_userns_clone=1, user.max_user_namespaces=10000, or on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0; "
                + "in a container: run it with --security-opt seccomp=unconfined), or set Containers:Provider to another provider.");
        }
    }

    private static (int? Code, string Complaints) Run(List<string> command)
    {
        using Pipe output = Pipe.Create();
        int pid = PosixSpawn.Start(new SpawnRequest
        {
            Path = "/usr/bin/env",
            Arguments = ["env", .. command],
            Environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            WorkingDirectory = "/",
            Descriptors = [(1, output.WriteEnd), (2, output.WriteEnd)],
        });
        output.WriteEnd.Dispose();
        byte[] buffer = new byte[4096];
        int total = 0;
        for (int count; total < buffer.Length && (count = output.ReadEnd.Read(buffer.AsSpan(total))) > 0; total += count)
        {
        }

        ProcessExit? exit = ChildProcesses.WaitAndReap(pid);
        return (exit?.ExitCode, System.Text.Encoding.UTF8.GetString(buffer, 0, total).ReplaceLineEndings(" ").Trim());
    }

    private static string? FindOnPath(string name)
        => ProgramFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
