using System.Collections;
using CodeExec.Linux;
using CodeExec.Runner.Cases;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Protection;

namespace CodeExec.Runner.Warm;

/// <summary>
/// An interpreter that has started and waits, reading its control pipe. One line on it tells what to run; then it is a program like any
/// other. Nobody's code has run in it or beside it before.
/// </summary>
internal sealed class WarmProcess : IDisposable
{
    /// <summary>Where the interpreter finds its end of the control pipe.</summary>
    public const int ControlDescriptor = 3;

    /// <summary>What it closes once it waits.</summary>
    public const int HeldDescriptor = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly int _pid;
    private readonly FileDescriptor _control;
    private readonly ProgramEnds _ends;

    private WarmProcess(int pid, FileDescriptor control, ProgramEnds ends)
    {
        _pid = pid;
        _control = control;
        _ends = ends;
    }

    /// <summary>One that somebody else has started as a child of this process.</summary>
    public static WarmProcess Adopt(WarmDescriptors given) => new(
        given.Pid,
        new FileDescriptor(given.Control),
        new ProgramEnds(given.Pid, new FileDescriptor(given.Stdin), new FileDescriptor(given.Stdout), new FileDescriptor(given.Stderr)));

    /// <summary>Returns when it waits. Its limits are set from outside, and a program that is just being started takes some of its old ones along.</summary>
    /// <exception cref="LinuxException">The command can not be started.</exception>
    public static WarmProcess Start(IReadOnlyList<string> command, string workspace, OomPreference oom)
    {
        using Pipe control = Pipe.Create();
        using Pipe held = Pipe.Create();
        using Pipe stdin = Pipe.Create();
        using Pipe stdout = Pipe.Create();
        using Pipe stderr = Pipe.Create();
        using IDisposable _ = oom.ForNewPrograms();
        int pid = PosixSpawn.Start(new SpawnRequest
        {
            Path = OnPath(command[0]),
            Arguments = command,
            Environment = InheritedEnvironment(),
            WorkingDirectory = workspace,
            Descriptors = [(0, stdin.ReadEnd), (1, stdout.WriteEnd), (2, stderr.WriteEnd), (ControlDescriptor, control.ReadEnd), (HeldDescriptor, held.WriteEnd)],
        });
        held.WriteEnd.Dispose();
        Poll.WaitFor(held.ReadEnd.Value, PollEvents.In, Patience);
        ProgramEnds ends = new(pid, Own(stdin.WriteEnd), Own(stdout.ReadEnd), Own(stderr.ReadEnd));
        return new WarmProcess(pid, Own(control.WriteEnd), ends);
    }

    /// <summary>Null when the interpreter has died while it waited.</summary>
    public ProgramEnds? TryTake(ProgramSpec program, string workspace, ProgramLimits limits, CaseMark mark)
    {
        TimeSpan? used = ProcessCpuClock.Read(_pid);
        if (used is null || ChildProcesses.TryReap(_pid) is not null)
        {
            Dispose();
            return null;
        }

        OomPreference.Prefer(_pid);
        limits.ApplyTo(_pid, mark, used.Value);
        try
        {
            _control.WriteAll(WarmMessage.Compose(program, workspace, limits));
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            Dispose();
            Signals.Send(_pid, SignalNumber.Kill);
            ChildProcesses.WaitAndReap(_pid);
            return null;
        }

        _control.Dispose();
        return _ends with { CpuBefore = used.Value };
    }

    /// <summary>Closes the pipes; the process itself is killed with all others that are no case's.</summary>
    public void Dispose()
    {
        _control.Dispose();
        _ends.Stdin.Dispose();
        _ends.Stdout.Dispose();
        _ends.Stderr.Dispose();
    }

    private static string OnPath(string command)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return command.Contains('/') ? command : Array.Find(Array.ConvertAll(folders, folder => $"{folder}/{command}"), File.Exists) ?? command;
    }

    private static FileDescriptor Own(FileDescriptor end) => new(end.Detach());

    private static List<string> InheritedEnvironment()
    {
        List<string> block = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            block.Add($"{variable.Key}={variable.Value}");
        }

        return block;
    }
}
