using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Attending;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Jobs;
using CodeExec.Runner.Protection;
using CodeExec.Runner.Sending;
using CodeExec.Runner.Warm;

namespace CodeExec.Runner;

/// <summary>The life of a runner: protect itself, say that it is ready, take one job, end.</summary>
internal static class RunnerProcess
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static int Run(RunnerOptions options)
    {
        if (options.Attend is { } socket)
        {
            SelfProtection.Apply();
            new Attendant(new FileDescriptor(socket)).Run();
            return ExitCodes.Done;
        }

        HostLink? host = null;
        RunnerContext? context = null;
        SenderProcess? sender = null;
        try
        {
            using OomPreference oom = new();
            sender = options.Sender is { } program ? SenderProcess.TryStart(program) : null;
            LimitPass pass = SelfProtection.Apply();
            HostInput? input = options is { JobFile: null, Pipe: null } ? new HostInput(new FileDescriptor(0)) : null;
            HostInput? pipe = options.Pipe is { } path ? HostInput.OfPipe(path) : null;
            host = new HostLink(input, new HostOutput(new FileDescriptor(1)), options.Said);
            WarmProcess? warm = StartWarm(options, oom);
            if (options.Said == 0)
            {
                host.Events.Ready(warm is not null);
                host.FlushAll(LastWords);
            }

            if (ReadJob(options, input ?? pipe) is not { } job)
            {
                return ExitCodes.Done; // the host went away before it had work: nothing was started for it
            }

            if (pipe is not null && job.Steps.Any(step => step.Cases.Any(one => one.Live)))
            {
                host.ListenTo(pipe);
            }

            host.TakeWhatCameWithTheJob();
            sender = ToldOf(job.Link, sender);
            if (sender is not null)
            {
                host.CopyTo(sender.Input);
            }

            context = new RunnerContext(host, options, oom, pass, warm, sender);
            new JobRun(context, job with { Link = null }).Run();
            host.FlushAll(LastWords);
            sender?.Finish();
            return ExitCodes.Done;
        }
        catch (Exception problem)
        {
            // Whatever it was, also a mistake of ours: the host is told, and takes the container away.
            context?.KillOnce();
            host?.Events.Fault(problem.Message);
            host?.FlushAll(LastWords);
            sender?.Finish();
            return ExitCodes.Fault;
        }
    }

    /// <summary>Null when the host went away first. In a method of its own, so that the text of a large job is garbage once it is read.</summary>
    private static Job? ReadJob(RunnerOptions options, HostInput? input)
    {
        ReadOnlyMemory<byte>? text = options.JobFile is { } file ? File.ReadAllBytes(file) : input!.ReadJobLine();
        return text is { } job ? JobReader.Read(job.Span) : null;
    }

    /// <summary>The sender, if there is something to send and it knows where to.</summary>
    private static SenderProcess? ToldOf(JobLink? link, SenderProcess? sender)
    {
        if (sender is null || (link is not null && sender.TryTell(link)))
        {
            return sender;
        }

        sender.Dismiss();
        return null;
    }

    private static WarmProcess? StartWarm(RunnerOptions options, OomPreference oom) => options switch
    {
        { WarmProcess: { } given } => WarmProcess.Adopt(given),
        { WarmCommand: { } command } => WarmProcess.Start(command, options.Workspace, oom),
        _ => null,
    };
}
