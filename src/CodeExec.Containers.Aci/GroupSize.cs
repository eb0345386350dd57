using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>What a group has room for: its size is fixed when it is made, before its job is known.</summary>
internal sealed class GroupSize(IOptions<AciOptions> options)
{
    /// <summary>Events come a long way.</summary>
    public static readonly TimeSpan UsualLag = TimeSpan.FromMinutes(1);

    /// <summary>Over Azure's terminal to the program, and over its logs back.</summary>
    public static readonly TimeSpan ToBeHeard = TimeSpan.FromSeconds(2);

    private readonly AciOptions _options = options.Value;

    /// <summary>Of its processors a group gives all to its one container, and what that sees of its cgroup is not its own to write.</summary>
    public bool HoldsCpus(double cpus) => cpus >= _options.Cpu;

    /// <summary>How much longer than its job a run may take: longest where a group is made for it.</summary>
    public TimeSpan Lag => _options.Delivery == JobDelivery.Secret ? _options.StartTimeout + _options.QuotaPatience + UsualLag : UsualLag;

    /// <summary>Whether its program is spoken to while it runs.</summary>
    public static bool IsLive(Job job) => job.Steps.Any(step => step.Cases.Any(one => one.Live));

    /// <exception cref="ContainerUnavailableException">The job needs more.</exception>
    public void Require(Job job, ContainerLimits limits)
    {
        if (limits.MemoryBytes > _options.MemoryGb * (1L << 30))
        {
            throw new ContainerUnavailableException($"The job may take {limits.MemoryBytes >> 20} MB with its runner, and container groups here have {_options.MemoryGb} GB: raise Aci:MemoryGb, or lower Submissions:MemoryMb.");
        }
    }
}
