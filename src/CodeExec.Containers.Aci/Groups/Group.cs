using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>A container group of this host.</summary>
/// <param name="EndsAt">When it goes at the latest.</param>
internal sealed record Group(string Name, ContainerSpec Spec, RegionRoom Room, DateTimeOffset EndsAt)
{
    /// <summary>How many executions it has been deployed for.</summary>
    public int Uses { get; set; } = 1;

    /// <summary>When its present deployment was asked for: from then on it costs money.</summary>
    public DateTimeOffset DeployedAt { get; set; }
}
