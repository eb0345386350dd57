using System.Text;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Progress;
using CodeExec.Protocol;

namespace CodeExec.Core.Tests.Executions.Displays;

public sealed class DisplayRecorderTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryBlobStore _blobs = new();
    private readonly InMemoryLogStore _logs = new();
    private ExecutionId _id;
    private ILogWriter _feed = null!;

    public async Task InitializeAsync()
    {
        _id = ExecutionId.New(_clock);
        _feed = await _logs.OpenAsync(_id, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _feed.DisposeAsync();

    [Fact]
    public async Task Add_InPieces_IsKeptAndTold()
    {
        DisplayRecorder recorder = Recorder();

        await recorder.AddAsync(Piece("a.html", "<b>", last: false), "run", CancellationToken.None);
        Assert.Null(recorder.All);
        await recorder.AddAsync(Piece("a.html", "</b>"), "run", CancellationToken.None);

        Assert.Equal(new("1.html", "a.html", "text/html", 7, "run", _clock.GetUtcNow(), 1), Assert.Single(recorder.All!));
        Assert.Equal("<b></b>", await ReadAsync("1.html"));
        LogEntry told = Assert.Single(await EntriesAsync());
        Assert.Equal((FeedEvent.Display, "1.html", LogSource.System, "run"), (told.Event, told.Display?.Id, told.Source, told.Step));
    }

    [Fact]
    public async Task Add_TheSameNameAgain_TakesThePlaceOfWhatItWas()
    {
        DisplayRecorder recorder = Recorder();

        foreach ((string name, string text) in new[] { ("a.txt", "1"), ("b.txt", "2"), ("a.txt", "33") })
        {
            await recorder.AddAsync(Piece(name, text), "run", CancellationToken.None);
        }

        Assert.Equal([("1.txt", 3L), ("2.txt", 2L)], recorder.All!.Select(one => (one.Id!, one.Sequence)));
        Assert.Equal("33", await ReadAsync("1.txt"));
    }

    [Fact]
    public async Task Add_SecretInTextOrName_IsMasked()
    {
        DisplayRecorder recorder = Recorder("hunter2");

        await recorder.AddAsync(Piece("hunter2.md", "it is hun", last: false), "run", CancellationToken.None);
        await recorder.AddAsync(Piece("hunter2.md", "ter2!"), "run", CancellationToken.None);

        Assert.Equal("***.md", Assert.Single(recorder.All!).Name);
        Assert.Equal("it is ***!", await ReadAsync("1.md"));
        Assert.DoesNotContain(await EntriesAsync(), entry => entry.Message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_WhatIsNotShown_IsSaid()
    {
        DisplayRecorder recorder = Recorder();

        await recorder.AddAsync(new FileEvent("a.bin", FilePurpose.Display, [0, 1, 2], false, true), "run", CancellationToken.None);
        recorder.Refuse(new FileRefusedEvent("link", FilePurpose.Display, "It is a link."), "run");

        Assert.Equal(["a.bin", "link"], recorder.All!.Select(one => one.Name));
        Assert.All(recorder.All!, one => Assert.True(one is { Id: null, Mime: null, Refused.Length: > 0 }));
        Assert.All(await EntriesAsync(), entry => Assert.Equal(LogLevel.Warn, entry.Level));
    }

    [Fact]
    public void Refuse_AgainAndAgain_IsSaidAFewTimes()
    {
        DisplayRecorder recorder = Recorder();

        for (int i = 0; i < 1000; i++)
        {
            recorder.Refuse(new FileRefusedEvent($"f{i}", FilePurpose.Display, "It is a link."), "run");
        }

        Assert.InRange(recorder.All!.Count, 1, 20);
    }

    [Theory]
    [InlineData(101, 1)]
    [InlineData(60, 4)]
    public async Task Add_MoreThanTheRunnerMaySend_IsNotBelieved(int bytes, int pieces)
    {
        DisplayRecorder recorder = Recorder();

        await Assert.ThrowsAsync<ContainerLostException>(async () =>
        {
            for (int i = 0; i < pieces; i++)
            {
                await recorder.AddAsync(Piece($"{i}.txt", new string('x', bytes)), "run", CancellationToken.None);
            }
        });
    }

    private DisplayRecorder Recorder(params string[] secrets)
        => new(_id, new JobDisplays("/d/x", 10, 100, 200), [.. secrets.Select(Encoding.UTF8.GetBytes)], _blobs, _feed, _clock);

    private static FileEvent Piece(string path, string text, bool last = true) => new(path, FilePurpose.Display, Encoding.UTF8.GetBytes(text), false, last);

    private async Task<string> ReadAsync(string display)
    {
        using StreamReader reader = new((await _blobs.OpenReadAsync(ExecutionBlobs.Display(_id, display), CancellationToken.None))!);
        return await reader.ReadToEndAsync();
    }

    private async Task<List<LogEntry>> EntriesAsync()
    {
        List<LogEntry> entries = [];
        await foreach (LogEntry entry in _logs.ReadAsync(_id, 0, CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
