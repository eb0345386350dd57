using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Functions.Reaping;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Reaping;

public sealed class OrphanSweepTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryBlobStore _blobs;
    private readonly InMemoryExecutionStore _executions = new();
    private readonly HostPulses _pulses;
    private readonly LeftRuns _left;
    private readonly ListedContainers _provider = new();
    private readonly OrphanSweep _sweep;

    public OrphanSweepTests()
    {
        _blobs = new InMemoryBlobStore(_clock);
        _pulses = new HostPulses(_blobs, _clock);
        _left = new LeftRuns(_blobs, new PlainSecretProtector());
        _sweep = new OrphanSweep(new ContainerProviders([_provider]), _pulses, new LeftContainers(_executions, _left), NullLogger<OrphanSweep>.Instance);
    }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task RunAsync_ContainersOfSeveralHosts_OnlyThoseOfTheGoneGo()
    {
        await _pulses.BeatAsync("gone", None);
        _clock.Advance(HostPulses.GoneAfter + TimeSpan.FromSeconds(1));
        await _pulses.BeatAsync("alive", None);
        _provider.Add("1", "gone");
        _provider.Add("2", "alive");
        _provider.Add("3", "a-server-that-has-no-pulse");

        Assert.Equal(1, await _sweep.RunAsync(None));
        Assert.Equal(0, await _sweep.RunAsync(None));

        Assert.Equal(["2", "3"], _provider.Ids);
        Assert.Empty(await _pulses.GoneAsync(None));
    }

    [Fact]
    public async Task RunAsync_RunThatAnotherHostGoesOnWith_IsLeftUntilItHasEnded()
    {
        ExecutionRecord record = ((CreateOutcome.Created)await _executions.CreateAsync(ExecutionSamples.Queued(), ExecutionSamples.Spec(), null, None)).Record;
        ContainerSpec spec = new("python", null, null, 64, NetworkAccess.None);
        await _left.WriteAsync(record.Id, new LeftRun { Container = "1", Spec = spec, StartedAt = _clock.GetUtcNow(), FeedStart = 3 }, None);
        await _pulses.BeatAsync("gone", None);
        _clock.Advance(HostPulses.GoneAfter + TimeSpan.FromSeconds(1));
        _provider.Add("1", "gone");

        Assert.Equal(0, await _sweep.RunAsync(None));
        await _left.ForgetAsync(record.Id, None);
        Assert.Equal(1, await _sweep.RunAsync(None));
    }

    [Fact]
    public async Task RunAsync_ProviderIsAway_IsDoneTheNextTime()
    {
        await _pulses.BeatAsync("gone", None);
        _clock.Advance(HostPulses.GoneAfter + TimeSpan.FromSeconds(1));
        _provider.Add("1", "gone");
        _provider.IsAway = true;
        Assert.Equal(0, await _sweep.RunAsync(None));

        _provider.IsAway = false;

        Assert.Equal(1, await _sweep.RunAsync(None));
    }

    private sealed class ListedContainers : IContainerProvider
    {
        private readonly List<OwnedContainer> _containers = [];

        public string Name => "listed";

        public bool IsAway { get; set; }

        public IEnumerable<string> Ids => _containers.Select(one => one.Id);

        public void Add(string id, string owner) => _containers.Add(new OwnedContainer(id, owner, default));

        public Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken)
            => IsAway ? throw new ContainerUnavailableException("away") : Task.FromResult<IReadOnlyList<OwnedContainer>>([.. _containers]);

        public Task RemoveAsync(string id, CancellationToken cancellationToken)
        {
            _containers.RemoveAll(one => one.Id == id);
            return Task.CompletedTask;
        }

        public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(null, []));

        public Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> ReapAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
