using System.Collections.Concurrent;
using CodeExec.Core.Containers;

namespace CodeExec.Contracts.Fakes;

/// <summary>Somewhere else, where containers outlive the hosts that made them: another provider's, kept by the test.</summary>
public sealed class LastingCloud(IContainerProvider machines, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LastingMachine> _machines = [];

    internal IContainerProvider Machines { get; } = machines;

    internal TimeProvider Clock { get; } = clock;

    public int Alive => _machines.Count;

    /// <summary>Every job that was given, ever.</summary>
    public int Jobs { get; internal set; }

    public ILastingProvider Host(string name, string providerName = "cloud") => new LastingCloudProvider(this, name, providerName);

    /// <summary>What was said up to this event is no longer to be had.</summary>
    public void ForgetTo(string id, long sequence) => _machines[id].ForgottenTo = sequence;

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _machines.Keys)
        {
            await RemoveAsync(id);
        }
    }

    internal async Task<LastingMachine> MakeAsync(string owner, ContainerSpec spec, CancellationToken cancellationToken)
    {
        LastingMachine machine = new(owner, await Machines.CreateAsync(spec, cancellationToken), Clock.GetUtcNow());
        _machines[machine.Id] = machine;
        return machine;
    }

    internal LastingMachine? Find(string id) => _machines.GetValueOrDefault(id);

    internal IReadOnlyList<OwnedContainer> List() => [.. _machines.Values.Select(machine => new OwnedContainer(machine.Id, machine.Owner, machine.MadeAt))];

    internal async Task RemoveAsync(string id)
    {
        if (_machines.TryRemove(id, out LastingMachine? machine))
        {
            await machine.DisposeAsync();
        }
    }
}
