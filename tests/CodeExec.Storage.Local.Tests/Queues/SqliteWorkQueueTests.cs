using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Queues;
using CodeExec.Contracts.Time;
using CodeExec.Core.Queues;
using CodeExec.Storage.Local.Queues;

namespace CodeExec.Storage.Local.Tests.Queues;

public sealed class SqliteWorkQueueTests : WorkQueueContract
{
    private readonly TemporaryDatabase _temporary = new();
    private readonly ManualTimeProvider _clock = new();

    public override async Task DisposeAsync() => await _temporary.DisposeAsync();

    [Fact]
    public async Task OpenAsync_AfterARestart_HasWhatWasSentAndWhatWasTaken()
    {
        await SendAsync("taken");
        await SendAsync("waiting");
        await Queue.ReceiveAsync("grading", 1, TimeSpan.FromMinutes(1), CancellationToken.None);

        _temporary.Reopen();
        IWorkQueue again = await OpenAsync();

        Assert.Equal("waiting", TextOf(Assert.Single(await again.ReceiveAsync("grading", 10, TimeSpan.FromHours(1), CancellationToken.None))));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("taken", TextOf(Assert.Single(await again.ReceiveAsync("grading", 10, TimeSpan.FromHours(1), CancellationToken.None))));
    }

    protected override async Task<IWorkQueue> OpenAsync()
        => await SqliteWorkQueue.OpenAsync(_temporary.Database, new QueueOptions { MaxTries = MaxTries }, _clock, CancellationToken.None);

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class FakeWorkQueueTests : WorkQueueContract
{
    private readonly ManualTimeProvider _clock = new();

    protected override Task<IWorkQueue> OpenAsync() => Task.FromResult<IWorkQueue>(new InMemoryWorkQueue(_clock, MaxTries));

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
