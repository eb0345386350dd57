using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Jobs;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Protection;
using CodeExec.Runner.Warm;

namespace CodeExec.Runner;

/// <summary>The life of a runner: protect itself, say that it is ready, take one job, end.</summary>
internal static class RunnerProcess
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static int Run(RunnerOptions options)
    {
        HostLink? host = null;
        try
        {
            using OomPreference oom = new();
            LimitPass pass = SelfProtection.Apply();
            HostInput? input = options.JobFile is null ? new HostInput(new FileDescriptor(0)) : null;
            host = new HostLink(input, new HostOutput(new FileDescriptor(1)));
            WarmProcess? warm = StartWarm(options, oom);
            host.Events.Ready(warm is not null);
            host.FlushAll(LastWords);

            if (JobText(options, input) is not { } text)
            {
                return ExitCodes.Done; // the host went away before it had work: nothing was started for it
            }

            Job job = JobReader.Read(text.Span);
            host.NoteStopSentWithJob();
            new JobRun(new RunnerContext(host, options, oom, pass, warm), job).Run();
            host.FlushAll(LastWords);
            return ExitCodes.Done;
        }
        catch (Exception problem) when (problem is LinuxException or JobFormatException or ProcessesRemainException)
        {
            host?.Events.Fault(problem.Message);
            host?.FlushAll(LastWords);
            return ExitCodes.Fault;
        }
    }

    private static WarmProcess? StartWarm(RunnerOptions options, OomPreference oom) => options switch
    {
        { WarmProcess: { } given } => WarmProcess.Adopt(given),
        { WarmCommand: { } command } => WarmProcess.Start(command, options.Workspace, oom),
        _ => null,
    };

    private static ReadOnlyMemory<byte>? JobText(RunnerOptions options, HostInput? input)
    {
        if (options.JobFile is { } file)
        {
            return File.ReadAllBytes(file);
        }

        return input!.ReadJobLine();
    }
}
