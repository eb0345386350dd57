namespace CodeExec.Runner.Tests.Driving;

/// <summary>A jail much like a cell's, made of this machine's own folders.</summary>
public static class Bubblewrap
{
    private static readonly Lazy<string?> Missing = new(WhyMissing);

    public static void SkipIfMissing() => Skip.If(Missing.Value is not null, Missing.Value);

    /// <summary>Without --die-with-parent: that is the death of the thread that started it, and .NET's threads come and go.</summary>
    public static IEnumerable<string> CommandLine(int? workspaceBytes)
    {
        if (Environment.IsPrivilegedProcess)
        {
            // Root would stay root behind bubblewrap's --uid, and own what /proc gives to root to protect it.
            foreach (string argument in (string[])["setpriv", "--reuid=61234", "--regid=61234", "--clear-groups"])
            {
                yield return argument;
            }
        }

        yield return "bwrap";
        yield return "--unshare-all";
        yield return "--as-pid-1";
        foreach (string folder in (string[])["/usr", "/bin", "/lib", "/lib64", "/etc"])
        {
            yield return "--ro-bind-try";
            yield return folder;
            yield return folder;
        }

        foreach (string argument in (string[])["--ro-bind", RunnerBinary.Path, "/runner", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"])
        {
            yield return argument;
        }

        if (workspaceBytes is { } bytes)
        {
            yield return "--size";
            yield return $"{bytes}";
        }

        foreach (string argument in (string[])["--tmpfs", "/workspace", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "/runner"])
        {
            yield return argument;
        }
    }

    private static string? WhyMissing()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return Array.Exists(folders, folder => File.Exists(Path.Combine(folder, "bwrap"))) ? null : "bubblewrap is not installed (apt-get install -y bubblewrap).";
    }
}
