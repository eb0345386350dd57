using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>
/// The container of a group that may have a network: the runner of this build as the first process of its namespace, as the user that programs have and without a capability, with its sender
/// beside it as the images have it, and with the network of this machine (where the storage account of the tests is). What keeps programs from the machine is less than in a cell: only these tests' own run here.
/// </summary>
internal sealed class OpenRunner : IAsyncDisposable
{
    private const string Jail =
        """
        set -eu
        root="$1" made="$2" gains="$3"
        shift 3
        mount -t tmpfs -o mode=0755 codeexec-test "$root"
        cd "$root"
        mkdir -p usr proc dev etc/ssl tmp workspace opt/codeexec
        ln -s usr/bin usr/lib usr/lib64 .
        mount --rbind /usr usr
        mount --bind /etc/ssl etc/ssl
        cp /etc/passwd /etc/ld.so.cache etc/
        for device in null zero full random urandom; do : >"dev/$device"; mount --bind "/dev/$device" "dev/$device"; done
        ln -s /proc/self/fd dev/fd
        mkdir dev/shm
        cp -p "$made"/runner "$made"/sender "$made"/*.pem opt/codeexec/ 2>/dev/null || true
        : >opt/codeexec/job
        mount --bind "$made/job" opt/codeexec/job
        chown 1000:1000 tmp workspace dev/shm
        mount -t proc proc proc
        exec chroot "$root" /usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps=-all --bounding-set=-all $gains --pdeathsig KILL -- /usr/bin/env -i -C /workspace "$@"
        """;

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

    public static string SenderPath => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RunnerBinary.Find(null))!, "..", "sender", "codeexec-sender"));

    /// <param name="command">The container's: its first word is the runner.</param>
    /// <param name="authorities">A file of certificates that its sender trusts, if not the machine's.</param>
    /// <param name="senderIsApart">Its sender is a user's of its own, as in images; else of an image that was made by other hands.</param>
    /// <param name="mayGainPrivileges">Whether a file may make its process another user's.</param>
    public static OpenRunner Start(IReadOnlyList<string> command, string? authorities, bool senderIsApart, bool mayGainPrivileges)
    {
        string folder = Directory.CreateTempSubdirectory("codeexec-open-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Copy(RunnerBinary.Find(null), "runner", (UnixFileMode)0b111_101_101);
        Copy(SenderPath, "sender", (UnixFileMode)0b111_001_001);
        if (authorities is not null)
        {
            Copy(authorities, "authorities.pem", (UnixFileMode)0b110_100_100);
        }

        Run("mkfifo", "-m", "0666", Path.Combine(folder, "job"));

        if (senderIsApart)
        {
            Run("chown", "1999:1999", Path.Combine(folder, "sender")); // as infra/images/base/seal does
            Run("chmod", "4711", Path.Combine(folder, "sender"));
        }

        string root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        ProcessStartInfo start = new("unshare") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
        [
            "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--propagation", "private", "sh", "-c", Jail, "sh", root, folder, mayGainPrivileges ? "" : "--no-new-privs",
            .. authorities is null ? (string[])[] : ["SSL_CERT_FILE=/opt/codeexec/authorities.pem"], .. command,
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

        static void Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(program, arguments);
            process.WaitForExit();
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
                byte[] job = Encoding.UTF8.GetBytes(await jobAsync() + "\n");
                Task<FileStream> opening = Task.Run(() => new FileStream(Path.Combine(_folder, "job"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), cancellationToken);
                await Task.WhenAny(opening, _process.WaitForExitAsync(cancellationToken)); // who has ended opens the other end no more
                if (opening.IsCompleted)
                {
                    await using FileStream pipe = await opening;
                    await pipe.WriteAsync(job, cancellationToken);
                }
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
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
