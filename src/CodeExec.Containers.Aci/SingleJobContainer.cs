using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>
/// A group that is made when its job is known, with the job as a file in it. Until then it is nothing and costs nothing. A program can
/// read that file, and the group may be over before anybody listens: a job whose cases must not know of each other, which is to send back files or more than can be known of it unheard
/// (<see cref="KnownJob"/>), whose runner is to send what it says, or that is large, gets a group that waits instead.
/// </summary>
internal sealed class SingleJobContainer(ContainerSpec spec, string? isolation, SentEvents sent, GroupDeployment deployment, GroupSize size) : ILastingContainer
{
    /// <summary>How much a secret volume takes is not documented; this much it does.</summary>
    private const int MostAsFile = 48 << 10;

    private readonly GroupId _id = GroupId.New();
    private WaitingContainer? _waiting;
    private GroupJob? _made;
    private int _disposed;

    public string Id => _id.ToString();

    public ContainerSpec Spec => spec;

    public string? Isolation => isolation;

    public bool HoldsCpus(double cpus) => size.HoldsCpus(cpus);

    public bool IsAlive => _disposed == 0 && _made is null && _waiting is null;

    public TimeSpan ToBeHeard => GroupSize.ToBeHeard;

    public RunCost? CostSoFar => _made?.CostSoFar ?? _waiting?.CostSoFar;

    public TimeSpan Lag => size.Lag;

    /// <exception cref="ContainerUnavailableException">Nothing was run.</exception>
    public async Task StartAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken)
    {
        size.Require(job, limits);
        if (RunnerEvents.LineOf(job).Length > MostAsFile || KnownJob.Of(job, isReady: false) is null || sent.AreOf(spec) || GroupSize.IsLive(job))
        {
            _waiting = await deployment.DeployWaitingAsync(spec, _id, cancellationToken);
            await _waiting.StartAsync(job, limits, cancellationToken);
            return;
        }

        _made = await deployment.DeployForAsync(job, spec, _id, cancellationToken);
        try
        {
            await _made.AnnounceAsync(cancellationToken);
        }
        catch (AciException e)
        {
            throw new ContainerLostException($"Container group {_id.Name} has its job, and nobody could be told: {e.Message}", outOfMemory: false, e);
        }
    }

    public IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken) => FollowAsync(new KnownEvents(after), cancellationToken);

    public IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, CancellationToken cancellationToken)
        => _made?.FollowAsync(known, cancellationToken) ?? _waiting?.FollowAsync(known, cancellationToken) ?? throw new InvalidOperationException("It has no job yet.");

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StartAsync(job, limits, cancellationToken);
        await foreach (RunnerEvent received in FollowAsync(0, cancellationToken))
        {
            yield return received;
        }
    }

    /// <summary>Only a live job hears it.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => _waiting?.SendAsync(command, cancellationToken) ?? new ValueTask<bool>(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_waiting is not null)
        {
            await _waiting.DisposeAsync();
        }

        if (_made is not null)
        {
            await _made.DisposeAsync();
        }
    }
}
