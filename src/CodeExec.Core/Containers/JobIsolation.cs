using CodeExec.Protocol;

namespace CodeExec.Core.Containers;

/// <summary>How a job was isolated when that was weaker than usual: by its container, and by what the job asked of it.</summary>
public static class JobIsolation
{
    private const string WithoutQuota = "without a processor quota";

    /// <returns>Null when all protections stood.</returns>
    public static string? Of(IContainer container, Job job)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(job);
        return CpusOf(job).All(container.HoldsCpus) ? container.Isolation
            : container.Isolation is { } isolation ? $"{isolation}, {WithoutQuota}"
            : WithoutQuota;
    }

    private static IEnumerable<double> CpusOf(Job job)
        => job.Steps.SelectMany(step => step.Cases, (step, one) => (one.Limits ?? step.Limits).Cpus).OfType<double>();
}
