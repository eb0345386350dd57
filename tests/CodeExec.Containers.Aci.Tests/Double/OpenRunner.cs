using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>
/// The container of a group that may have a network: the runner of this build as the first process of a jail, as the user that programs have, with its sender beside it, and with the network of
/// this machine (where the storage account of the tests is). What keeps programs from the machine is less than in a cell: only these tests' own run here.
/// </summary>
internal sealed class OpenRunner : IAsyncDisposable
{
    private const string Nobody = "65534";

    private readonly string _folder;
    private readonly Process _process;

    private OpenRunner(string folder, Process process)
    {
        _folder = folder;
        _process = process;
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Obstacle
        => File.Exists(SenderPath) ? null : "The sender is not published: dotnet publish src/CodeExec.Sender -c Release -o artifacts/sender";

    private static string SenderPath => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RunnerBinary.Find(null))!, "..", "sender", "codeexec-sender"));

    /// <param name="command">The container's: its first word is the runner.</param>
    /// <param name="authorities">A file of certificates that its sender trusts, if not the machine's.</param>
    public static OpenRunner Start(IReadOnlyList<string> command, string? authorities)
    {
        string folder = Directory.CreateTempSubdirectory("codeexec-open-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Copy(RunnerBinary.Find(null), "runner", (UnixFileMode)0b111_101_101);
        Copy(SenderPath, "sender", (UnixFileMode)0b111_001_001); // as the images have it
        if (authorities is not null)
        {
            Copy(authorities, "authorities.pem", (UnixFileMode)0b110_100_100);
        }

        int job = command.ToList().IndexOf("--pipe");
        ProcessStartInfo start = new("setpriv") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
        [
            "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--",
            "bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent", "--new-session", "--clearenv", "--uid", "1000", "--gid", "1000",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--ro-bind-try", "/etc/ssl", "/etc/ssl", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind", "/etc/passwd", "/etc/passwd",
            "--proc", "/proc", "--dev", "/dev", "--perms", "0755", "--tmpfs", "/tmp", "--perms", "0755", "--tmpfs", "/workspace", "--chdir", "/workspace",
            "--ro-bind", folder, "/opt/codeexec", .. authorities is null ? (string[])[] : ["--setenv", "SSL_CERT_FILE", "/opt/codeexec/authorities.pem"],
            "--as-pid-1", "--cap-drop", "ALL", .. command.Where((_, at) => at != job && at != job + 1),
        ])
        {
            start.ArgumentList.Add(argument);
        }

        return new OpenRunner(folder, Process.Start(start)!);

        void Copy(string from, string name, UnixFileMode mode)
        {
            string to = Path.Combine(folder, name);
            File.Copy(from, to);
            File.SetUnixFileMode(to, mode);
        }
    }

    /// <summary>All that it says; the job is given when there is one.</summary>
    public async IAsyncEnumerable<RunnerEvent> RunAsync(Func<Task<string>> jobAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RunnerEvents events = new(PipeReader.Create(_process.StandardOutput.BaseStream));
        while (await events.ReadAsync(cancellationToken) is { } said)
        {
            yield return said;
            if (said is ReadyEvent)
            {
                await _process.StandardInput.WriteLineAsync((await jobAsync()).AsMemory(), cancellationToken);
                await _process.StandardInput.FlushAsync(cancellationToken);
            }
        }
    }

    /// <summary>Waits until it has ended by itself; then what it was still sending has arrived.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
