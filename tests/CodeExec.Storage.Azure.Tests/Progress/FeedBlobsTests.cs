using System.Text;
using CodeExec.Contracts.Progress;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Azure.Tests.Progress;

/// <summary>What append blobs ask for: their limit of blocks, retries that had landed, and writers who must not be two.</summary>
public sealed class FeedBlobsTests : IAsyncLifetime
{
    private readonly ExecutionId _id = Queued().Id;
    private AzureAccount _account = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _account = await TemporaryAccount.OpenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task AppendAsync_MoreBlocksThanABlobTakes_GoesOnInTheNext()
    {
        FeedBlobs blobs = await OpenAsync(mostBlocks: 3);
        FeedEnd end = await blobs.FindEndAsync(_id, None);
        for (int i = 1; i <= 10; i++)
        {
            end = await AppendAsync(blobs, end, i);
        }

        Assert.Equal((10L, 3, 1), (end.LastSequence, end.Part, end.Blocks));
        Assert.Equal(end, await blobs.FindEndAsync(_id, None));
        foreach (int after in new[] { 0, 2, 3, 4, 9, 10 })
        {
            Assert.Equal(Enumerable.Range(after + 1, 10 - after).Select(i => (long)i), await SequencesAsync(blobs, after));
            Assert.Equal(Enumerable.Range(after + 1, 10 - after).Select(i => (long)i), await SequencesAsync(await OpenAsync(mostBlocks: 3), after));
        }
        await blobs.DeleteAsync(_id, None);
        Assert.Equal(FeedEnd.Empty, await blobs.FindEndAsync(_id, None));
    }

    [SkippableFact]
    public async Task AppendAsync_TheSameBlockTwice_StandsOnce()
    {
        FeedBlobs blobs = await OpenAsync();
        FeedEnd end = await AppendAsync(blobs, FeedEnd.Empty, 1);

        FeedEnd first = await AppendAsync(blobs, end, 2);
        FeedEnd again = await AppendAsync(blobs, end, 2); // the answer to the first was lost

        Assert.Equal(first, again);
        Assert.Equal([1L, 2], await SequencesAsync(blobs, 0));
    }

    [SkippableFact]
    public async Task AppendAsync_SomebodyElseHasAppended_IsRefusedAndChangesNothing()
    {
        FeedBlobs mine = await OpenAsync();
        FeedBlobs theirs = await OpenAsync();
        FeedEnd end = await AppendAsync(mine, FeedEnd.Empty, 1);
        await AppendAsync(theirs, end, 2, "theirs");

        await Assert.ThrowsAsync<FeedInUseException>(() => AppendAsync(mine, end, 2, "mine"));

        Assert.Equal([1L, 2], await SequencesAsync(mine, 0));
    }

    [SkippableFact]
    public async Task ReadAsync_AnotherProcessWrites_SeesWhatIsFlushed()
    {
        await using AzureLogStore writing = await StoreAsync();
        await using AzureLogStore reading = await StoreAsync();
        await using ILogWriter writer = await writing.OpenAsync(_id, None);
        for (int round = 1; round <= 5; round++)
        {
            for (int i = 0; i < 1000; i++)
            {
                writer.Append(LogSamples.Line(new string('x', 100)));
            }
            await writer.FlushAsync(None);

            List<LogEntry> news = [];
            await foreach (LogEntry entry in reading.ReadAsync(_id, (round - 1) * 1000, None))
            {
                news.Add(entry);
            }
            Assert.Equal(Enumerable.Range(((round - 1) * 1000) + 1, 1000).Select(i => (long)i), news.Select(entry => entry.Sequence));
        }
    }

    private async Task<FeedEnd> AppendAsync(FeedBlobs blobs, FeedEnd end, long sequence, string text = "line")
        => await blobs.AppendAsync(_id, end, Encoding.UTF8.GetBytes($"{{\"sequence\":{sequence},\"timestamp\":\"2026-01-01T00:00:00+00:00\",\"level\":\"Info\",\"source\":\"Stdout\",\"message\":\"{text}\",\"event\":\"Log\"}}\n"), sequence, None);

    private async Task<FeedBlobs> OpenAsync(int mostBlocks = 49_000)
    {
        await _account.Container("feeds").CreateIfNotExistsAsync();
        return new(_account.Container("feeds"), mostBlocks);
    }

    private Task<AzureLogStore> StoreAsync() => AzureLogStore.OpenAsync(_account, new ExecutionSignals(), TimeProvider.System, NullLogger<AzureLogStore>.Instance, None);

    private async Task<List<long>> SequencesAsync(FeedBlobs blobs, long after)
    {
        List<long> sequences = [];
        await foreach (LogEntry entry in blobs.ReadAsync(_id, after, None))
        {
            sequences.Add(entry.Sequence);
        }
        return sequences;
    }
}
