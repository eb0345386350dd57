using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Fakes;

/// <summary>The cloud, as one host sees it.</summary>
internal sealed class LastingCloudProvider(LastingCloud cloud, string host, string name) : ILastingProvider
{
    public string Name => name;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => cloud.Machines.CheckAsync(cancellationToken);

    public async Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => new Lasting(cloud, await cloud.MakeAsync(host, spec, cancellationToken));

    public Task<ILastingContainer?> FindAsync(string id, ContainerSpec spec, CancellationToken cancellationToken)
        => Task.FromResult<ILastingContainer?>(cloud.Find(id) is { HasJob: true } machine ? new Lasting(cloud, machine) : null);

    public Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(cloud.List());

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => cloud.RemoveAsync(id);

    public Task<int> ReapAsync(CancellationToken cancellationToken) => ReapAsync(new HashSet<string>(), cancellationToken);

    public async Task<int> ReapAsync(IReadOnlySet<string> goOn, CancellationToken cancellationToken)
    {
        string[] mine = [.. cloud.List().Where(one => one.Owner == host && !goOn.Contains(one.Id)).Select(one => one.Id)];
        foreach (string id in mine)
        {
            await cloud.RemoveAsync(id);
        }

        return mine.Length;
    }

    private sealed class Lasting(LastingCloud cloud, LastingMachine machine) : ILastingContainer
    {
        public string Id => machine.Id;

        public ContainerSpec Spec => machine.Container.Spec;

        public string? Isolation => machine.Container.Isolation;

        public bool HoldsCpus(double cpus) => machine.Container.HoldsCpus(cpus);

        public bool IsAlive => machine.Container.IsAlive;

        public Task StartAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken)
        {
            cloud.Jobs++;
            machine.Start(job, limits);
            return Task.CompletedTask;
        }

        public IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken) => machine.FollowAsync(after, cancellationToken);

        public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody speaks with a program in the pretended cloud.");

        public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await StartAsync(job, limits, cancellationToken);
            await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => _ = cloud.RemoveAsync(Id));
            await foreach (RunnerEvent said in FollowAsync(0, cancellationToken))
            {
                yield return said;
            }
        }

        public async ValueTask DisposeAsync() => await cloud.RemoveAsync(machine.Id);
    }
}
