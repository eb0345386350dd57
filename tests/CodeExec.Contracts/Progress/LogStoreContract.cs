using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using static CodeExec.Contracts.Executions.ExecutionSamples;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Contracts.Progress;

/// <summary>What every store of feeds must do.</summary>
public abstract class LogStoreContract : IAsyncLifetime
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

    [SkippableFact]
    public async Task FlushAsync_LongFeed_SurvivesARestartAndIsReadFromAnySequence()
    {
        const int Count = 20_000;
        await using (ILogWriter writer = await Store.OpenAsync(Id, None))
        {
            for (int i = 1; i <= Count; i++)
            {
                writer.Append(Line(Text(i)));
                await writer.DrainAsync(None);
            }
            await writer.FlushAsync(None);
        }

        await RestartAsync();

        foreach (int after in new[] { 0, 1, 9_999, Count - 1, Count })
        {
            List<LogEntry> read = await ReadAsync(after);
            Assert.Equal(Count - after, read.Count);
            Assert.All(read, (entry, i) => Assert.Equal((after + i + 1, Text(after + i + 1)), (entry.Sequence, entry.Message)));
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task ReadAsync_RandomAppendsFlushesAndRestarts_GivesExactlyTheTail(int seed)
    {
        Random random = new(seed);
        List<string> expected = [];
        ILogWriter writer = await Store.OpenAsync(Id, None);
        for (int step = 0; step < 120; step++)
        {
            switch (random.Next(8))
            {
                case 0:
                    await writer.FlushAsync(None);
                    break;
                case 1:
                    await writer.DisposeAsync();
                    writer = await Store.OpenAsync(Id, None);
                    break;
                case 2 when random.Next(3) == 0:
                    await writer.FlushAsync(None);
                    await writer.DisposeAsync();
                    await RestartAsync();
                    writer = await Store.OpenAsync(Id, None);
                    break;
                default:
                    for (int i = random.Next(random.Next(2) == 0 ? 4 : 200); i > 0; i--)
                    {
                        expected.Add(Text(random.Next(1_000_000)) + new string('日', random.Next(random.Next(20) == 0 ? 5000 : 50)));
                        Assert.Equal(expected.Count, writer.Append(Line(expected[^1])));
                    }
                    await writer.DrainAsync(None);
                    break;
            }

            int after = random.Next(expected.Count + 2);
            List<LogEntry> read = await ReadAsync(after);
            Assert.Equal(expected.Skip(after), read.Select(entry => entry.Message));
            Assert.All(read, (entry, i) => Assert.Equal(after + i + 1, entry.Sequence));
        }
        await writer.DisposeAsync();
    }

    [SkippableFact]
    public async Task ReadAsync_WhileAnotherWrites_SeesAGrowingBeginning()
    {
        const int Count = 30_000;
        await using ILogWriter writer = await Store.OpenAsync(Id, None);
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; i <= Count; i++)
            {
                writer.Append(Line(Text(i)));
                if (i % 100 == 0)
                {
                    await writer.DrainAsync(None);
                    await Task.Yield();
                }
            }
            await writer.FlushAsync(None);
        });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            Random random = new(reader);
            long known = 0;
            using SignalWatch<ExecutionId> watch = Signals.Watch(Id);
            while (known < Count)
            {
                Task news = watch.Next();
                bool ended = writing.IsCompleted;
                long after = random.Next(2) == 0 ? known : random.NextInt64(known + 1);
                List<LogEntry> read = await ReadAsync(after);
                Assert.All(read, (entry, i) => Assert.Equal((after + i + 1, Text(after + i + 1)), (entry.Sequence, entry.Message)));
                Assert.True(after + read.Count >= known, "what was seen once must not vanish");
                known = Math.Max(known, after + read.Count);
                if (ended)
                {
                    Assert.Equal(Count, known);
                }
                else if (known < Count)
                {
                    await Task.WhenAny(news, writing);
                }
            }
        })));
        await writing;
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
