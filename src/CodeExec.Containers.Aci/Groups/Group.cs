using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>A container group of this host, or of another that was found.</summary>
/// <param name="EndsAt">When it goes at the latest.</param>
/// <param name="BeginsBefore">Later it takes no execution any more: each must be able to end before the group does.</param>
internal sealed record Group(GroupId FirstId, ContainerSpec Spec, RegionRoom Room, DateTimeOffset MadeAt, DateTimeOffset EndsAt, DateTimeOffset BeginsBefore)
{
    public string Name => FirstId.Name;

    /// <summary>Its present deployment.</summary>
    public GroupId Id { get; private set; } = FirstId;

    /// <summary>How many executions it has been deployed for.</summary>
    public int Uses { get; private set; } = 1;

    /// <summary>When its present deployment was asked for: from then on it costs money.</summary>
    public DateTimeOffset DeployedAt { get; private set; } = MadeAt;

    /// <summary>When its present container began, by Azure's clock; null until that is known.</summary>
    public DateTimeOffset? BeganAt { get; set; }

    /// <summary>When the container began that has the job; null until it has one.</summary>
    public DateTimeOffset? JobBeganAt { get; private set; }

    /// <summary>When its last container had ended, by Azure's clock: what is older than that is not said of the present one.</summary>
    public DateTimeOffset? LastEndedAt { get; set; }

    /// <summary>A group that somebody gave a job, as its tags tell.</summary>
    public static Group Found(GroupId id, ContainerSpec spec, RegionRoom room, GroupState state)
    {
        DateTimeOffset made = GroupTags.TimeIn(state, GroupTags.Made) ?? DateTimeOffset.MinValue;
        return new Group(id, spec, room, made, GroupTags.TimeIn(state, GroupTags.Ends) ?? made, BeginsBefore: DateTimeOffset.MinValue)
        {
            DeployedAt = GroupTags.TimeIn(state, GroupTags.Deployed) ?? made,
            JobBeganAt = GroupTags.TimeIn(state, GroupTags.HasJob),
        };
    }

    /// <summary>It is deployed once more, for another execution.</summary>
    public void DeployAgain(DateTimeOffset now)
    {
        Id = Id.Anew();
        Uses++;
        DeployedAt = now;
        BeganAt = JobBeganAt = null;
    }

    /// <summary>Its present container is given a job.</summary>
    public void TakeJob() => JobBeganAt = BeganAt;

    /// <summary>Whether this tells of its present deployment.</summary>
    public bool IsOfNow(GroupState state) => LastEndedAt is not { } before || (state.HasEnded ? state.FinishedAt : state.StartedAt) > before;

    /// <summary>Its container is another than the one that has the job: Azure, or somebody else, has started it again.</summary>
    public bool HasBegunAgain(GroupState state) => JobBeganAt is { } began && state.StartedAt is { } started && started != began;
}
