using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Contracts.Progress;

/// <summary>Long feeds, and many lives of one.</summary>
public abstract partial class LogStoreContract
{
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
}
