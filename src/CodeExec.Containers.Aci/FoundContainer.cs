using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>A group that has its job already: from this host, or from one that nobody hears of any more.</summary>
internal sealed class FoundContainer(Group group, string? isolation, GroupJob job, GroupSize size) : ILastingContainer
{
    public string Id => group.Id.ToString();

    public ContainerSpec Spec => group.Spec;

    public string? Isolation => isolation;

    public bool IsAlive => false; // it takes no job

    public bool HoldsCpus(double cpus) => size.HoldsCpus(cpus);

    public TimeSpan Lag => size.Lag;

    public Task StartAsync(Job given, ContainerLimits limits, CancellationToken cancellationToken) => throw HasOne();

    public IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken) => FollowAsync(new KnownEvents(after), cancellationToken);

    public IAsyncEnumerable<RunnerEvent> FollowAsync(KnownEvents known, CancellationToken cancellationToken) => job.FollowAsync(known, cancellationToken);

    public IAsyncEnumerable<RunnerEvent> RunAsync(Job given, ContainerLimits limits, CancellationToken cancellationToken) => throw HasOne();

    /// <summary>Nobody hears it: the way in is closed once the job has come.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => new(false);

    public ValueTask DisposeAsync() => job.DisposeAsync();

    private InvalidOperationException HasOne() => new($"Container group {group.Name} has its job: it can be followed, or ended.");
}
