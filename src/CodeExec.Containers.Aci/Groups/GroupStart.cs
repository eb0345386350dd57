using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>Waits until a deployed group runs and its runner has said its first word.</summary>
internal sealed class GroupStart(ArmGroups arm, IOptions<AciOptions> options, TimeProvider clock)
{
    private readonly AciOptions _options = options.Value;

    /// <exception cref="ContainerUnavailableException">It does not run, and will not.</exception>
    public async Task WaitAsync(Group group, RunnerFeed feed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_options.StartTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await UntilItRunsAsync(group, either.Token);
            RequireReady(group, await feed.ReadAsync(either.Token));
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ContainerUnavailableException($"A container group did not become ready within {_options.StartTimeout.TotalSeconds:0} s (Aci:StartTimeout).", e);
        }
        catch (Exception e) when (e is ContainerLostException or AciException)
        {
            throw new ContainerUnavailableException(e.Message, e);
        }
    }

    private async Task UntilItRunsAsync(Group group, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                GroupState state = await arm.FindAsync(group.Name, cancellationToken)
                    ?? throw new ContainerUnavailableException($"Container group {group.Name} vanished before it ran.");
                if ((state.IsRunning || state.HasEnded) && group.IsOfNow(state))
                {
                    group.BeganAt = state.StartedAt;
                    return; // one that has ended already has said why
                }

                if (state.HasFailed)
                {
                    throw new ContainerUnavailableException($"A container group for {group.Spec.Language} could not be started: {state.Why ?? state.Provisioning}");
                }
            }
            catch (AciUnavailableException)
            {
                // Its absence ends at the latest with the patience for the start.
            }

            await Task.Delay(_options.LookEvery, clock, cancellationToken);
        }
    }

    private static void RequireReady(Group group, RunnerEvent? first)
    {
        switch (first)
        {
            case ReadyEvent { Protocol: ProtocolVersion.Current, RunnerVersion: RunnerRelease.Version }:
                return;
            case ReadyEvent other:
                throw new ContainerUnavailableException(
                    $"The image of {group.Spec.Language} holds runner {other.RunnerVersion} (protocol {other.Protocol}), this host is {RunnerRelease.Version} ({ProtocolVersion.Current}). Build and push it anew: infra/images/build.");
            case FaultEvent fault:
                throw new ContainerUnavailableException(fault.Message);
            default:
                throw new ContainerUnavailableException($"The container of {group.Name} ended before its runner answered. If its image was built by an earlier version: infra/images/build.");
        }
    }
}
