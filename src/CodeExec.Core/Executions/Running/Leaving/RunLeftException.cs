namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>The run goes on, in its container; nobody follows it until somebody takes it up again.</summary>
public sealed class RunLeftException(long followedTo) : Exception($"The run was left after event {followedTo}, for a later activity to go on with.")
{
    public long FollowedTo { get; } = followedTo;
}
