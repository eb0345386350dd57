using CodeExec.Protocol;

namespace CodeExec.Core.Containers;

/// <summary>
/// A container that outlives the host which made it: its job goes on whether or not anybody follows, and any host finds it again by its id
/// (<see cref="ILastingProvider"/>). Disposing it ends it, as with any; to let go of it is to stop following and not to dispose it.
/// </summary>
public interface ILastingContainer : IContainer
{
    /// <summary>Sets the limits and gives the job. Called once in the life of the container; when it throws, the container is to be disposed.</summary>
    /// <exception cref="ContainerLostException">It took no job.</exception>
    Task StartAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken);

    /// <summary>
    /// The job's events after this number, as they come, up to the last; of a job that ended meanwhile, too. May be called again, from any host, by one
    /// follower at a time. Leaving the stream early, or cancelling, leaves the container as it is.
    /// </summary>
    /// <param name="after">The number of the last event that is known; 0 for none.</param>
    /// <exception cref="ContainerLostException">It ended before the job did, or some of these events are no longer to be had.</exception>
    IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken);

    /// <summary>The same. A container that may lose events can tell from what is known whether they were nothing but output: that is then cut, and marked as cut.</summary>
    /// <param name="known">Of the events so far.</param>
    IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        return FollowAsync(known.Last, cancellationToken);
    }
}
