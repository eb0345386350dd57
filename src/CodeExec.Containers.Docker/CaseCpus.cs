using CodeExec.Protocol;

namespace CodeExec.Containers.Docker;

/// <summary>
/// How many processors each case of a job may use at a time. The runner in a container can not set that, so the engine is told when a case
/// has begun that has others than the one before.
/// </summary>
/// <param name="otherwise">Of the container, for cases that say nothing.</param>
internal sealed class CaseCpus(Job job, double otherwise)
{
    /// <summary>In force before anything runs.</summary>
    public double OfFirst => job.Steps is [{ Cases: [JobCase first, ..] } step, ..] ? Of(step, first) : otherwise;

    public double Of(CaseStartedEvent started)
        => job.Steps.FirstOrDefault(step => step.Name == started.Step) is { } step && step.Cases.FirstOrDefault(one => one.Id == started.Case) is { } found
            ? Of(step, found)
            : otherwise;

    private double Of(JobStep step, JobCase one) => Math.Min((one.Limits ?? step.Limits).Cpus ?? otherwise, otherwise);
}
