using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>A group that has started, with a runner that waits for its one job. While it waits that runner says nothing: anything that comes is its end.</summary>
internal sealed class WaitingContainer(Group group, string? isolation, AttendedFeed feed, GroupJob job, JobGiver giver, SentEvents sent, GroupSize size, TimeProvider clock) : ILastingContainer
{
    private LiveLine? _line;
    private bool _given;

    public string Id => group.Id.ToString();

    public ContainerSpec Spec => group.Spec;

    public string? Isolation => isolation;

    public bool HoldsCpus(double cpus) => size.HoldsCpus(cpus);

    public bool IsAlive => !_given && !feed.HasSpoken && clock.GetUtcNow() < group.BeginsBefore;

    public TimeSpan ToBeHeard => GroupSize.ToBeHeard;

    public TimeSpan Lag => GroupSize.UsualLag;

    public async Task StartAsync(Job given, ContainerLimits limits, CancellationToken cancellationToken)
    {
        size.Require(given, limits);
        if (feed.HasSpoken)
        {
            throw new ContainerLostException($"Container group {group.Name} ended while it waited, or spoke before it had a job.", outOfMemory: false);
        }

        _given = true;
        Task announced = job.AnnounceAsync(cancellationToken);
        try
        {
            Job linked = await sent.LinkAsync(group, given, limits, cancellationToken);
            feed.FillFrom(linked.Link is null ? null : sent);
            ReadOnlyMemory<byte> line = RunnerEvents.LineOf(linked);
            if (GroupSize.IsLive(given))
            {
                _line = await giver.GiveLiveAsync(group.Name, line, announced, cancellationToken);
            }
            else
            {
                await giver.GiveAsync(group.Name, line, announced, cancellationToken);
            }
        }
        finally
        {
            await announced.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who gives has heard of it, or has a reason of its own
        }
    }

    public IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken) => FollowAsync(new KnownEvents(after), cancellationToken);

    public IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, CancellationToken cancellationToken)
        => _line is { } line ? FollowAsync(known, line, cancellationToken) : job.FollowAsync(known, cancellationToken);

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job given, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StartAsync(given, limits, cancellationToken);
        await foreach (RunnerEvent received in FollowAsync(0, cancellationToken))
        {
            yield return received;
        }
    }

    /// <summary>Only a live job hears it: for others the way in is closed once the job has come.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => _line?.SendAsync(command, cancellationToken) ?? new ValueTask<bool>(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _line, null) is { } line)
        {
            await line.DisposeAsync();
        }

        await job.DisposeAsync();
    }

    private async IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, LiveLine line, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(line.Lost, cancellationToken);
        await using IAsyncEnumerator<RunnerEvent> events = job.FollowAsync(known, either.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync())
        {
            if (events.Current is CaseEndedEvent or JobEndedEvent)
            {
                await line.CloseAsync();
            }

            yield return events.Current;
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await events.MoveNextAsync();
            }
            catch (OperationCanceledException e) when (line.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new ContainerLostException($"The way in to container group {group.Name} broke while its program still ran.", outOfMemory: false, e);
            }
        }
    }
}
