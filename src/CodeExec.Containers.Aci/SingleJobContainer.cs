using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>
/// A group that is made when its job is known, with the job as a file in it. Until then it is nothing and costs nothing. A program can
/// read that file: a job whose cases must not know of each other, whose runner is to send what it says, or that is large, gets a group that waits instead.
/// </summary>
internal sealed class SingleJobContainer(ContainerSpec spec, string? isolation, SentEvents sent, GroupDeployment deployment, GroupEnd end, GroupSize size, TimeSpan lag) : IContainer
{
    /// <summary>How much a secret volume takes is not documented; this much it does.</summary>
    private const int MostAsFile = 48 << 10;

    private WaitingContainer? _waiting;
    private (Group Group, RunnerFeed Feed)? _made;
    private int _disposed;

    public string Id => _made?.Group.Name ?? _waiting?.Id ?? "not made yet";

    public ContainerSpec Spec => spec;

    public string? Isolation => isolation;

    public bool IsAlive => _disposed == 0;

    public TimeSpan Lag => lag;

    /// <exception cref="ContainerUnavailableException">Nothing was run.</exception>
    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        size.Require(job, limits);
        IAsyncEnumerable<RunnerEvent> events;
        if (RunnerEvents.LineOf(job).Length <= MostAsFile && job.Steps.All(step => step.Cases.Count == 1) && !sent.AreOf(spec))
        {
            (Group group, RunnerFeed feed) = await deployment.DeployAsync(spec, job, cancellationToken);
            _made = (group, feed);
            events = end.FollowAsync(group, feed.ReadAsync, cancellationToken);
        }
        else
        {
            _waiting = await deployment.DeployWaitingAsync(spec, cancellationToken);
            events = _waiting.RunAsync(job, limits, cancellationToken);
        }

        await foreach (RunnerEvent received in events.WithCancellation(cancellationToken))
        {
            yield return received;
        }
    }

    /// <summary>Nobody hears it: the way in is closed once the job has come. A job that needs it is refused.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => new(false);

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

        if (_made is var (group, feed))
        {
            await feed.DisposeAsync();
            await end.EndAsync(group, jobEnded: false);
        }
    }
}
