using System.Text;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Sending;

/// <summary>
/// The program that sends this runner's events to where the job's link leads (src/CodeExec.Sender). It is told the link over a pipe, once nobody can look into it any
/// more, and before any program of the job starts: it is in no argument, environment or file. Its file makes it another user's, which no program can signal; where that is
/// not to be had it is of the programs' user, so one of them may kill it, and loses by that what it says itself.
/// </summary>
internal sealed class SenderProcess
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>For what is on its way once all has been said.</summary>
    private static readonly TimeSpan FinishPatience = TimeSpan.FromSeconds(30);

    private static readonly string[] Passed = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

    private readonly PidFd _process;
    private readonly FileDescriptor _input;
    private readonly FileDescriptor _answer;
    private TimeSpan _cpu;

    private SenderProcess(PidFd process, FileDescriptor input, FileDescriptor answer)
    {
        _process = process;
        _input = input;
        _answer = answer;
    }

    public int Pid => _process.Pid;

    /// <summary>It was reaped: its number may be another's.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>It is another user's: this process can not signal it, nor can any that it starts.</summary>
    public bool IsApart { get; private set; }

    public FileDescriptor Input => _input;

    /// <summary>To be called before new privileges are forbidden to this process: one that started later could be no other user's.</summary>
    /// <returns>Null where there is none, as in an image that was built earlier: the job then runs as without a link.</returns>
    public static SenderProcess? TryStart(string path)
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

        return new(PidFd.Open(pid)!, new FileDescriptor(input.WriteEnd.Detach()), new FileDescriptor(answer.ReadEnd.Detach())); // a child that was not reaped has a number
    }

    /// <summary>Tells it where to send to, once it may be told. False: it is of no use.</summary>
    public bool TryTell(JobLink link)
    {
        try
        {
            Span<byte> word = stackalloc byte[1];
            if (!Poll.WaitFor(_answer.Value, PollEvents.In, StartPatience) || _answer.Read(word) != 1)
            {
                return false;
            }

            IsApart = word.SequenceEqual(SenderAnswers.Apart);
            _input.WriteAll(Encoding.UTF8.GetBytes($"{link.Address}\n{link.Header}\n{Convert.ToBase64String(link.Key)}\n"));
            return true;
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            return false;
        }
    }

    /// <summary>There is nothing to send: it ends by itself.</summary>
    public void Dismiss()
    {
        _input.Dispose();
        if (_process.WaitForExit(StartPatience))
        {
            Reap();
        }
        else
        {
            End();
        }
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

    /// <summary>Whose word it takes for who is at the other end, where the image has that in another place. A user that no file knows has a home only if it is told of one, and without one .NET trusts nobody.</summary>
    private static List<string> Trust()
    {
        List<string> variables = ["HOME=/nonexistent"];
        foreach (string name in Passed)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables.Add($"{name}={value}");
            }
        }

        return variables;
    }

    private void End()
    {
        try
        {
            _process.Send(SignalNumber.Kill);
        }
        catch (LinuxException error) when (error.Errno == Errno.NotPermitted)
        {
            return; // another user's: it ends with its container
        }

        Reap();
    }

    private void Reap()
    {
        if (ChildProcesses.WaitAndReap(Pid) is { } exit)
        {
            TryNote(exit);
        }
    }
}
