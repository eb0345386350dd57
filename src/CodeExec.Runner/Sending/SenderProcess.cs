using System.Text;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Sending;

/// <summary>
/// The program that sends this runner's events to where the job's link leads (src/CodeExec.Sender). It is told the link over a pipe, once nobody can look into it any
/// more, and before any program of the job starts: it is in no argument, environment or file. It is of the programs' user, so one of them may kill it,
/// and loses by that what it says itself.
/// </summary>
internal sealed class SenderProcess
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>For what is on its way once all has been said.</summary>
    private static readonly TimeSpan FinishPatience = TimeSpan.FromSeconds(30);

    private static readonly string[] Passed = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

    private readonly PidFd _process;
    private readonly FileDescriptor _input;
    private TimeSpan _cpu;

    private SenderProcess(PidFd process, FileDescriptor input)
    {
        _process = process;
        _input = input;
    }

    public int Pid => _process.Pid;

    /// <summary>It was reaped: its number may be another's.</summary>
    public bool HasEnded { get; private set; }

    public FileDescriptor Input => _input;

    /// <summary>Null where there is none, as in an image that was built earlier: the job then runs as without a link.</summary>
    public static SenderProcess? TryStart(string path, JobLink link)
    {
        using Pipe input = Pipe.Create();
        using Pipe answer = Pipe.Create();
        int pid;
        try
        {
            pid = PosixSpawn.Start(new SpawnRequest
            {
                Path = path,
                Arguments = ["sender"],
                Environment = Trust(),
                WorkingDirectory = "/",
                Descriptors = [(0, input.ReadEnd), (1, answer.WriteEnd)],
            });
        }
        catch (LinuxException)
        {
            return null;
        }

        answer.WriteEnd.Dispose();
        input.ReadEnd.Dispose();
        SenderProcess sender = new(PidFd.Open(pid)!, new FileDescriptor(input.WriteEnd.Detach())); // a child that was not reaped has a number
        if (sender.TryTell(link, answer.ReadEnd))
        {
            return sender;
        }

        sender.End();
        return null;
    }

    /// <summary>CPU time that it has used.</summary>
    public TimeSpan Cpu()
    {
        TimeSpan? now = HasEnded ? null : ProcessCpuClock.Read(Pid);
        _cpu = now > _cpu ? now.Value : _cpu;
        return _cpu;
    }

    public long ResidentBytes()
    {
        using ProcessTable table = new();
        return HasEnded ? 0 : (table.Find(Pid)?.ResidentPages ?? 0) * Environment.SystemPageSize;
    }

    /// <summary>Whether the process that was reaped is this one.</summary>
    public bool TryNote(ProcessExit exit)
    {
        if (HasEnded || exit.Pid != Pid)
        {
            return false;
        }

        HasEnded = true;
        _cpu = exit.Cpu;
        return true;
    }

    /// <summary>All has been said: waits until it is where it belongs, or will not get there.</summary>
    public void Finish()
    {
        _input.Dispose();
        if (!HasEnded && !_process.WaitForExit(FinishPatience))
        {
            End();
        }
    }

    /// <summary>Whose word it takes for who is at the other end, where the image has that in another place.</summary>
    private static List<string> Trust()
    {
        List<string> variables = [];
        foreach (string name in Passed)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables.Add($"{name}={value}");
            }
        }

        return variables;
    }

    private bool TryTell(JobLink link, FileDescriptor answer)
    {
        try
        {
            if (!Poll.WaitFor(answer.Value, PollEvents.In, StartPatience) || answer.Read(stackalloc byte[1]) != 1)
            {
                return false;
            }

            _input.WriteAll(Encoding.UTF8.GetBytes($"{link.Address}\n{link.Header}\n{Convert.ToBase64String(link.Key)}\n"));
            return true;
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            return false;
        }
    }

    private void End()
    {
        _process.Send(SignalNumber.Kill);
        if (ChildProcesses.WaitAndReap(Pid) is { } exit)
        {
            TryNote(exit);
        }
    }
}
