using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>What becomes of a group whose execution is over: it rests for the next one, or goes.</summary>
internal sealed class GroupEnd(ArmGroups arm, SentEvents sent, RestingGroups resting, GroupRemover remover, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupEnd> logger)
{
    private static readonly TimeSpan UntilTheEndIsKnown = TimeSpan.FromMinutes(1);

    private readonly AciOptions _options = options.Value;

    /// <param name="jobEnded">Its runner has said its last word, so that its container is about to end by itself. One that still runs goes with its group.</param>
    public async Task EndAsync(Group group, bool jobEnded)
    {
        GroupState? state = jobEnded && resting.Wants(group) ? await UntilItHasEndedAsync(group) : null;
        Tell(group);
        group.LastEndedAt = state?.FinishedAt;
        bool rests = state is { HasEnded: true, ExitCode: 0, FinishedAt: not null } && await sent.TryRemoveAsync(group.Name) && resting.TryAdd(group);
        if (!rests)
        {
            await remover.RemoveAsync(group);
        }
    }

    /// <summary>A job's events to the last one.</summary>
    /// <exception cref="ContainerLostException">They ended before the job did.</exception>
    public async IAsyncEnumerable<RunnerEvent> FollowAsync(Group group, Func<CancellationToken, ValueTask<RunnerEvent?>> readAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RunnerEvent? received;
        do
        {
            received = await readAsync(cancellationToken);
            if (received is null or FaultEvent)
            {
                throw await ExplainAsync(group, received is FaultEvent fault ? fault.Message : "");
            }

            yield return received;
        }
        while (received is not JobEndedEvent);
    }

    // From what Azure knows, never from an exit code alone.
    private async Task<ContainerLostException> ExplainAsync(Group group, string reason)
    {
        GroupState? state = await UntilItHasEndedAsync(group);
        string how = state switch
        {
            null => "Its group has vanished, or Azure does not say how it is.",
            { HasEnded: false } => "It still runs, without an answer.",
            { ExitCode: { } code } => $"It ended with exit code {code}{(state.Detail is { Length: > 0 } detail ? $" ({detail})" : "")}.",
            _ => $"It is {state.State}.",
        };
        return new ContainerLostException($"Container group {group.Name} ended before its job did. {reason} {how}", state?.OutOfMemory == true);
    }

    private async Task<GroupState?> UntilItHasEndedAsync(Group group)
    {
        using CancellationTokenSource deadline = new(UntilTheEndIsKnown, clock);
        try
        {
            while (true)
            {
                GroupState? state = await arm.FindAsync(group.Name, deadline.Token);
                if (state is null or { HasEnded: true })
                {
                    return state;
                }

                await Task.Delay(_options.LookEvery, clock, deadline.Token);
            }
        }
        catch (Exception e) when (e is AciException or OperationCanceledException)
        {
            return null;
        }
    }

    private void Tell(Group group)
    {
        GroupUse use = GroupUse.Of(group, _options, clock.GetUtcNow());
        logger.Cost(group.Name, use.Duration.TotalSeconds, use.VcpuSeconds, use.GbSeconds, use.Cost);
        AciMetrics.Count(use);
    }
}
