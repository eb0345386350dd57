using System.Threading.Channels;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Tests.Containers;

public sealed class ContainerPoolTests
{
    private static readonly ContainerSpec Spec = new("python", null, null, 64, NetworkAccess.None);

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TakeAsync_OneIsLeftReady_TheNextIsMadeAtOnceUnlessThatIsDear(bool dear)
    {
        FakeProvider provider = new(dear);
        await using ContainerPool pool = NewPool();
        pool.WarmUp(provider, Spec, 2);
        await MadeAsync(provider, 2);
        while (pool.GetStats().Ready < 2)
        {
            await Task.Yield();
        }

        await using IContainer taken = await pool.TakeAsync(provider, Spec, 1, CancellationToken.None);

        if (dear)
        {
            await _clock.WhenTimersAreSetAsync();
            Assert.False(provider.Made.Reader.TryRead(out _));
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await MadeAsync(provider, 1);
    }

    [Fact]
    public async Task TakeAsync_NoneIsLeft_TheNextIsMadeAtOnceHoweverDear()
    {
        FakeProvider provider = new(dear: true);
        await using ContainerPool pool = NewPool();

        await using IContainer taken = await pool.TakeAsync(provider, Spec, 1, CancellationToken.None);

        await MadeAsync(provider, 2); // the one that was taken, and one for the next
    }

    [Fact]
    public async Task TakeAsync_OfTheLowestPriority_LeavesReadyOnesToOthers()
    {
        FakeProvider provider = new(dear: false);
        await using ContainerPool pool = NewPool();
        pool.WarmUp(provider, Spec, 1);
        await MadeAsync(provider, 1);
        while (pool.GetStats().Ready < 1)
        {
            await Task.Yield();
        }

        await using IContainer batch = await pool.TakeAsync(provider, Spec, RunSlots.LowestPriority, CancellationToken.None);
        await using IContainer person = await pool.TakeAsync(provider, Spec, 1, CancellationToken.None);

        PoolStats stats = pool.GetStats();
        Assert.Equal((1, 1), (stats.Found, stats.Missed));
    }

    [Fact]
    public async Task WarmUp_ProviderThrowsWhatItShouldNot_TheKindIsMadeReadyLaterAllTheSame()
    {
        FakeProvider provider = new(dear: false) { Fault = new InvalidOperationException("no contract has this") };
        await using ContainerPool pool = NewPool();
        pool.WarmUp(provider, Spec, 1);
        await MadeAsync(provider, 1);
        while (pool.GetStats().Making > 0)
        {
            await Task.Yield();
        }

        provider.Fault = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await pool.TrimAsync();
        await MadeAsync(provider, 1);
    }

    private static async Task MadeAsync(FakeProvider provider, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await provider.Made.Reader.ReadAsync();
        }
    }

    private ContainerPool NewPool() => new(Options.Create(new ContainerPoolOptions()), _clock, NullLogger<ContainerPool>.Instance);

    private sealed class FakeProvider(bool dear) : IContainerProvider
    {
        public Channel<bool> Made { get; } = Channel.CreateUnbounded<bool>();

        public Exception? Fault { get; set; }

        public string Name => "fake";

        public bool MakingIsDear => dear;

        public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(null, []));

        public Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
        {
            Made.Writer.TryWrite(true);
            return Fault is not null ? throw Fault : Task.FromResult<IContainer>(new FakeContainer(spec));
        }

        public Task<int> ReapAsync(CancellationToken cancellationToken) => Task.FromResult(0);
    }

    private sealed class FakeContainer(ContainerSpec spec) : IContainer
    {
        public string Id => "fake";

        public ContainerSpec Spec => spec;

        public string? Isolation => null;

        public bool IsAlive => true;

        public IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken) => throw new NotSupportedException("The pool runs nothing.");

        public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => throw new NotSupportedException("The pool runs nothing.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
