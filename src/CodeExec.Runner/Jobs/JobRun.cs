using CodeExec.Protocol;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Jobs;

/// <summary>Lays out the workspace and takes the steps in order.</summary>
internal sealed class JobRun(RunnerContext context, Job job)
{
    private EventWriter Events => context.Host.Events;

    private bool Stopped => context.Host.StopRequested;

    public void Run()
    {
        WorkspaceWriter.Write(context.Workspace, job.Files);
        if (job.Steps is not [{ Warm: true }, ..])
        {
            context.DropWarm();
        }

        bool goOn = true;
        for (int i = 0; i < job.Steps.Count && goOn && !Stopped; i++)
        {
            goOn = RunStep(job.Steps[i]) || job.Steps[i].ContinueOnFailure;
        }

        Events.JobEnded(Stopped);
    }

    private bool RunStep(JobStep step)
    {
        Events.StepStarted(step.Name);
        bool succeeded = new StepRun(context, step, () => { }).Run();
        if (Stopped)
        {
            return false;
        }

        Events.StepEnded(step.Name, succeeded);
        return succeeded;
    }
}
