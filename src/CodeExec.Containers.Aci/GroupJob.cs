using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>The job of a group: given once, and followed from any of its events by whichever host. Disposing it ends the group.</summary>
/// <param name="heard">A feed of which nothing but the runner's first word was read; null if there is none.</param>
internal sealed class GroupJob(Group group, AttendedFeed? heard, GroupJobs jobs) : IAsyncDisposable
{
    private const long FirstWord = 1;

    private AttendedFeed? _heard = heard;
    private bool _ended;
    private int _disposed;

    /// <summary>Makes it known that the group has a job: from then on it can be found.</summary>
    /// <exception cref="AciException">It may not be known.</exception>
    public Task AnnounceAsync(CancellationToken cancellationToken)
    {
        group.TakeJob();
        return jobs.AnnounceAsync(group, cancellationToken);
    }

    /// <inheritdoc cref="ILastingContainer.FollowAsync(long, CancellationToken)"/>
    public async IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using AttendedFeed feed = await FeedAsync(known);
        await foreach (RunnerEvent received in jobs.FollowAsync(group, feed, cancellationToken))
        {
            if (received is not ReadyEvent)
            {
                _ended |= received is JobEndedEvent;
                yield return received;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await ForgetHeardAsync();
            await jobs.EndAsync(group, _ended);
        }
    }

    private async Task<AttendedFeed> FeedAsync(KnownEvents known)
    {
        if (known.Last <= FirstWord && Interlocked.Exchange(ref _heard, null) is { } heard)
        {
            return heard;
        }

        await ForgetHeardAsync();
        return jobs.Listen(group, known);
    }

    private async ValueTask ForgetHeardAsync()
    {
        if (Interlocked.Exchange(ref _heard, null) is { } heard)
        {
            await heard.DisposeAsync();
        }
    }
}
