using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using static CodeExec.Contracts.Executions.ExecutionSamples;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Contracts.Progress;

/// <summary>What every store of feeds must do.</summary>
public abstract partial class LogStoreContract : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected ExecutionId Id { get; } = Queued().Id;

    protected ExecutionSignals Signals { get; } = new();

    protected ILogStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenStoreAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task ReadAsync_UnknownFeed_IsEmpty() => Assert.Empty(await ReadAsync(0));

    [SkippableFact]
    public async Task Append_EmptyFeed_CountsFromOne()
    {
        await using ILogWriter writer = await Store.OpenAsync(Id, None);
        Assert.Equal(0, writer.LastSequence);

        Assert.Equal(1, writer.Append(Line("a") with { Sequence = 17 }));
        Assert.Equal(2, writer.Append(Line("b")));

        Assert.Equal(2, writer.LastSequence);
        Assert.Equal([(1L, "a"), (2L, "b")], (await ReadAsync(0)).Select(entry => (entry.Sequence, entry.Message)));
    }

    [SkippableFact]
    public async Task Append_EveryField_IsReadBackBeforeAndAfterARestart()
    {
        LogEntry[] entries =
        [
            Line("žluťoučký\t日本 🎉 \u0000 \u001b[31m \r \uFFFD \\ \" </script>") with { Timestamp = Start.AddTicks(1), Partial = true },
            Line("") with { Bytes = [0, 255, 10, 13], Source = LogSource.Stderr, Level = LogLevel.Error },
            Line("a\nb") with { Step = null, Source = LogSource.System, Level = LogLevel.Warn, Event = FeedEvent.Progress },
            Line("Running") with { Event = FeedEvent.Status, Status = ExecutionStatus.Running },
            Line("end") with { Event = FeedEvent.Result, Status = ExecutionStatus.Completed },
        ];
        await using (ILogWriter writer = await Store.OpenAsync(Id, None))
        {
            foreach (LogEntry entry in entries)
            {
                writer.Append(entry);
            }
            AssertSame(entries.Select((entry, i) => entry with { Sequence = i + 1 }).ToList(), await ReadAsync(0));
            await writer.FlushAsync(None);
        }

        await RestartAsync();

        AssertSame(entries.Select((entry, i) => entry with { Sequence = i + 1 }).ToList(), await ReadAsync(0));
    }

    [SkippableFact]
    public async Task ReadAsync_AfterASequence_GivesTheRest()
    {
        await using ILogWriter writer = await Store.OpenAsync(Id, None);
        AppendMany(writer, 10);

        Assert.Equal([8L, 9, 10], await SequencesAsync(7));
        Assert.Empty(await SequencesAsync(10));
        Assert.Empty(await SequencesAsync(1000));
        Assert.Equal(10, (await SequencesAsync(-5)).Count);
    }

    [SkippableFact]
    public async Task OpenAsync_FeedOfAnEarlierWriter_GoesOnAfterItsLastEntry()
    {
        await using (ILogWriter first = await Store.OpenAsync(Id, None))
        {
            AppendMany(first, 3);
        }

        await using ILogWriter second = await Store.OpenAsync(Id, None);

        Assert.Equal(3, second.LastSequence);
        Assert.Equal(4, second.Append(Line("more")));
        Assert.Equal([1L, 2, 3, 4], await SequencesAsync(0));
    }

    [SkippableFact]
    public async Task OpenAsync_WriterIsOpen_IsRefused()
    {
        await using ILogWriter first = await Store.OpenAsync(Id, None);

        await Assert.ThrowsAsync<FeedInUseException>(() => Store.OpenAsync(Id, None));
    }

    [SkippableFact]
    public async Task Append_ClosedWriter_IsRefused()
    {
        ILogWriter writer = await Store.OpenAsync(Id, None);
        await writer.DisposeAsync();
        await writer.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => writer.Append(Line("late")));
    }

    [SkippableFact]
    public async Task OpenAsync_TwoFeeds_DoNotMix()
    {
        ExecutionId other = Queued().Id;
        await using ILogWriter first = await Store.OpenAsync(Id, None);
        await using ILogWriter second = await Store.OpenAsync(other, None);
        first.Append(Line("first"));
        second.Append(Line("second"));
        await first.FlushAsync(None);
        await second.FlushAsync(None);

        Assert.Equal("first", Assert.Single(await ReadAsync(0)).Message);
    }

    [SkippableFact]
    public async Task Append_ViewerWaits_IsWoken()
    {
        await using ILogWriter writer = await Store.OpenAsync(Id, None);
        using SignalWatch<ExecutionId> watch = Signals.Watch(Id);
        Task news = watch.Next();
        Assert.False(news.IsCompleted);

        writer.Append(Line("news"));

        await news;
    }

    [SkippableTheory]
    [InlineData(3)]
    [InlineData(5000)]
    public async Task DeleteAsync_Feed_IsGoneAndStartsAnew(int entries)
    {
        await using (ILogWriter writer = await Store.OpenAsync(Id, None))
        {
            AppendMany(writer, entries);
            await writer.FlushAsync(None);
        }

        await Store.DeleteAsync(Id, None);
        await Store.DeleteAsync(Id, None);

        Assert.Empty(await ReadAsync(0));
        await RestartAsync();
        Assert.Empty(await ReadAsync(0));
        await using ILogWriter again = await Store.OpenAsync(Id, None);
        Assert.Equal(1, again.Append(Line("new")));
    }

    /// <summary>An empty store that tells <see cref="Signals"/>.</summary>
    protected abstract Task<ILogStore> OpenStoreAsync();

    /// <summary>The same store as after an orderly end and a new start; a store without a disk stays as it is.</summary>
    protected abstract Task<ILogStore> ReopenStoreAsync(ILogStore store);

    protected async Task RestartAsync() => Store = await ReopenStoreAsync(Store);

    protected static string Text(long sequence) => $"line {sequence} {new string('x', (int)(sequence % 40))}";

    protected static void AppendMany(ILogWriter writer, int count)
    {
        ArgumentNullException.ThrowIfNull(writer);
        for (int i = 0; i < count; i++)
        {
            writer.Append(Line(Text(writer.LastSequence + 1)));
        }
    }

    protected async Task<List<LogEntry>> ReadAsync(long after)
    {
        List<LogEntry> read = [];
        await foreach (LogEntry entry in Store.ReadAsync(Id, after, None))
        {
            read.Add(entry);
        }
        return read;
    }

    private async Task<List<long>> SequencesAsync(long after) => [.. (await ReadAsync(after)).Select(entry => entry.Sequence)];
}
