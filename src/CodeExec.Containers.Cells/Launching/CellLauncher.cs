using System.Collections.Concurrent;
using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Core.Containers;
using CodeExec.Linux;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>
/// Starts jails. One thread does it for the whole life of the host: bubblewrap asks the kernel to be ended with its parent, and to
/// the kernel the parent is the thread.
/// </summary>
internal class CellLauncher : IDisposable
{
    private readonly CellsOptions _options;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private int _lastUser = -1;

    public CellLauncher(IOptions<CellsOptions> options)
    {
        _options = options.Value;

        // What this process inherited from whoever started it must not reach a jail.
        CurrentProcess.CloseOnExecFrom(3);
        _thread = new Thread(Work) { Name = "cell launcher", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Starts bubblewrap with these arguments, inside the cgroups, under the next unprivileged user id.</summary>
    /// <returns>Its process id; the caller reaps it.</returns>
    public Task<int> StartAsync(CellCgroup? cgroup, IReadOnlyList<string> jail, IReadOnlyList<string> command, IReadOnlyList<(int ChildDescriptor, FileDescriptor Source)> descriptors)
    {
        SpawnRequest request = new()
        {
            Path = "/bin/sh",
            Arguments = [.. Prefix(cgroup), "bwrap", .. jail, "--", .. command],
            Environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            WorkingDirectory = "/",
            Descriptors = descriptors,
        };
        return StartAsync(Complete(request));
    }

    /// <summary>The last word on a jail that is started. Tests take one protection away here, to see that they would notice.</summary>
    protected virtual SpawnRequest Complete(SpawnRequest request) => request;

    /// <summary>Starts any program from the thread that lives as long as the host.</summary>
    /// <exception cref="ContainerUnavailableException">It could not be started.</exception>
    public Task<int> StartAsync(SpawnRequest request)
    {
        TaskCompletionSource<int> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                started.SetResult(PosixSpawn.Start(request));
            }
            catch (LinuxException e)
            {
                started.SetException(new ContainerUnavailableException($"A cell could not be started: {e.Message}", e));
            }
        });
        return started.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    // A shell joins the cgroups, then becomes setpriv, then bubblewrap: whatever the jail forks is in the cgroups from its first
    // moment. The host's own user id must go before bubblewrap starts: a jail made by root keeps root's rights on host files.
    private List<string> Prefix(CellCgroup? cgroup)
    {
        List<string> arguments = ["sh", "-c", "while [ \"$1\" != -- ]; do echo 0 > \"$1\" || exit 71; shift; done; shift; exec \"$@\"", "sh"];
        arguments.AddRange(cgroup?.JoinFiles ?? []);
        arguments.Add("--");
        if (Environment.IsPrivilegedProcess)
        {
            string user = (_options.FirstUserId + (Interlocked.Increment(ref _lastUser) % _options.UserIds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            arguments.AddRange(["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs", "--"]);
        }

        return arguments;
    }

    private void Work()
    {
        foreach (Action start in _work.GetConsumingEnumerable())
        {
            start();
        }
    }
}
