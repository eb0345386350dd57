using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Storage.Local.Tests.Progress;

/// <summary>Alone in the process while they run: they measure its memory.</summary>
[CollectionDefinition(nameof(FeedMemoryTests), DisableParallelization = true)]
[Collection(nameof(FeedMemoryTests))]
public sealed class FeedMemoryTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _temporary = new();
    private readonly ExecutionId _id = ExecutionSamples.Queued().Id;
    private LocalLogStore _store = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        DataFolder folder = DataFolder.Open(Path.Combine(_temporary.Folder, "data"));
        _store = await LocalLogStore.OpenAsync(_temporary.Database, folder, new ExecutionSignals(), new ManualTimeProvider(), NullLogger<LocalLogStore>.Instance, None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _temporary.DisposeAsync();
    }

    [Fact]
    public async Task DrainAsync_FloodOf64Megabytes_DoesNotFillMemory()
    {
        string text = new('x', 64 * 1024);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        for (int i = 0; i < 1024; i++)
        {
            writer.Append(Line(text + i)); // each a string of its own: 128 MB of them
            await writer.DrainAsync(None);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * 1024 * 1024);
        await writer.FlushAsync(None);
        Assert.Equal(1024, await _store.ReadAsync(_id, 0, None).CountAsync());
    }

    [Fact]
    public async Task Append_WriterNeverDrains_DoesNotFillMemory()
    {
        string text = new('x', 64 * 1024);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        for (int i = 0; i < 512; i++)
        {
            writer.Append(Line(text + i));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 12 * 1024 * 1024);
        Assert.Equal(512, await _store.ReadAsync(_id, 0, None).CountAsync());
    }

    [Fact]
    public async Task DeleteAsync_WriterGoesOnAndOn_DoesNotFillMemory()
    {
        string text = new('x', 64 * 1024);
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        await _store.DeleteAsync(_id, None);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < 512; i++)
        {
            Assert.Equal(i + 1, writer.Append(Line(text + i)));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 12 * 1024 * 1024);
    }
}
