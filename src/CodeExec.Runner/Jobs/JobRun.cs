using CodeExec.Protocol;
using CodeExec.Runner.Displays;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Jobs;

/// <summary>Lays out the workspace, takes the steps in order, and sends back the files that were asked for.</summary>
internal sealed class JobRun(RunnerContext context, Job given)
{
    /// <summary>For what a step leaves to be kept: a compiler's output, not a tree of a million files.</summary>
    private const int MostKeptFiles = 10_000;

    private Job _job = given;

    private EventWriter Events => context.Host.Events;

    private bool Stopped => context.Host.StopRequested;

    public void Run()
    {
        WorkspaceWriter.Write(context.Workspace, _job.Files);
        _job = _job with { Files = [] }; // they may be large, and the job may last
        if (_job.Steps is not [{ Warm: true }, ..])
        {
            context.DropWarm();
        }

        using DisplayFeed? displays = DisplayFeed.Begin(context.Host, _job.Displays);
        bool goOn = true;
        for (int i = 0; i < _job.Steps.Count && goOn && !Stopped; i++)
        {
            goOn = RunStep(_job.Steps[i], displays, isLast: i == _job.Steps.Count - 1) || _job.Steps[i].ContinueOnFailure;
        }

        if (!Stopped)
        {
            Send(FilePurpose.Artifact, _job.Artifacts, new FileAllowance(_job.ArtifactBytes, _job.ArtifactCount));
        }

        Events.JobEnded(Stopped);
    }

    private bool RunStep(JobStep step, DisplayFeed? displays, bool isLast)
    {
        Events.StepStarted(step.Name);
        bool putsBack = step.RestoreWorkspace && (step.Cases is not [{ Runs: 1 }] || !isLast);
        using ContainerSnapshot? before = putsBack ? new ContainerSnapshot(context.Workspace, context.TemporaryDirectories, context.IsFirstProcess) : null;
        bool succeeded = new StepRun(context, step, displays, () => PutBack(before)).Run();
        if (Stopped)
        {
            return false;
        }

        displays?.SendRest();

        if (succeeded)
        {
            Send(FilePurpose.Kept, step.Keep, new FileAllowance(step.Limits.WorkspaceBytes, MostKeptFiles));
        }

        if (!isLast)
        {
            PutBack(before); // the last step's last case may leave artifacts
        }

        Events.StepEnded(step.Name, succeeded);
        return succeeded;
    }

    private void PutBack(ContainerSnapshot? before)
    {
        context.Host.Flush(); // the result need not wait for the cleaning
        before?.Restore();
    }

    private void Send(FilePurpose purpose, IReadOnlyList<string> patterns, FileAllowance allowance)
        => FileSending.Send(context.Workspace, context.Host, purpose, patterns, allowance);
}
