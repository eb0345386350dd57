using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>A container group of this host.</summary>
/// <param name="EndsAt">When it goes at the latest.</param>
/// <param name="BeginsBefore">Later it takes no execution any more: each must be able to end before the group does.</param>
internal sealed record Group(string Name, ContainerSpec Spec, RegionRoom Room, DateTimeOffset EndsAt, DateTimeOffset BeginsBefore)
{
    /// <summary>How many executions it has been deployed for.</summary>
    public int Uses { get; set; } = 1;

    /// <summary>When its present deployment was asked for: from then on it costs money.</summary>
    public DateTimeOffset DeployedAt { get; set; }

    /// <summary>When its last container had ended, by Azure's clock: what is older than that is not said of the present one.</summary>
    public DateTimeOffset? LastEndedAt { get; set; }

    /// <summary>Whether this tells of its present deployment.</summary>
    public bool IsOfNow(GroupState state) => LastEndedAt is not { } before || (state.HasEnded ? state.FinishedAt : state.StartedAt) > before;
}
