using System.Text;
using System.Text.Json;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Tests.Hosting;

public sealed class EventWriterTests : IDisposable
{
    private readonly Pipe _pipe = Pipe.Create();

    [Fact]
    public void Write_EveryKindOfEvent_IsReadBackByTheSerializer()
    {
        HostOutput output = new(_pipe.WriteEnd);
        EventWriter events = new(output);
        CaseEndedEvent ended = new()
        {
            Step = "s\n",
            Case = "ü",
            ExitCode = 3,
            Signal = 9,
            Limit = LimitKind.Workspace,
            WallMs = 1.25,
            CpuMs = 0.0625,
            MemoryBytes = 1L << 40,
            MemoryIsOfTree = true,
            StdoutBytes = 1,
            StderrBytes = 2,
            StdoutTruncated = true,
            StderrTruncated = true,
            StartError = "\"\u0000\ud83d\ude00",
        };
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        events.Ready(warm: true);
        events.StepStarted("s");
        events.CaseStarted("s", "c");
        events.Output("s", "c", OutputStream.Stderr, bytes);
        events.CaseEnded(ended);
        events.CaseEnded(new CaseEndedEvent { Step = "s", Case = "c" });
        events.StepEnded("s", succeeded: true);
        events.File("p", FilePurpose.Kept, bytes, executable: true, last: true);
        events.FileRefused("p", FilePurpose.Artifact, "why");
        events.JobEnded(stopped: true);
        events.Fault("what");
        output.Flush();

        RunnerEvent[] read = ReadBack();
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), read.Select(said => said.Sequence));
        Assert.Equal(new ReadyEvent(ProtocolVersion.Current, RunnerVersion.Text, true) { Sequence = 1 }, read[0]);
        Assert.Equal(new StepStartedEvent("s") { Sequence = 2 }, read[1]);
        Assert.Equal(new CaseStartedEvent("s", "c") { Sequence = 3 }, read[2]);
        OutputEvent said = Assert.IsType<OutputEvent>(read[3]);
        Assert.Equal((OutputStream.Stderr, "s", "c"), (said.Stream, said.Step, said.Case));
        Assert.Equal(bytes, said.Data);
        Assert.Equal(ended with { Sequence = 5 }, read[4]);
        Assert.Equal(new CaseEndedEvent { Step = "s", Case = "c", Sequence = 6 }, read[5]);
        Assert.Equal(new StepEndedEvent("s", true) { Sequence = 7 }, read[6]);
        FileEvent file = Assert.IsType<FileEvent>(read[7]);
        Assert.Equal(("p", FilePurpose.Kept, true, true), (file.Path, file.Purpose, file.Executable, file.Last));
        Assert.Equal(bytes, file.Data);
        Assert.Equal(new FileRefusedEvent("p", FilePurpose.Artifact, "why") { Sequence = 9 }, read[8]);
        Assert.Equal(new JobEndedEvent(true) { Sequence = 10 }, read[9]);
        Assert.Equal(new FaultEvent("what") { Sequence = 11 }, read[10]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(9)]
    public void JobEnded_HostMayHaveMissedSome_TellsOnceMoreHowFewCasesEnded(int cases)
    {
        HostOutput output = new(_pipe.WriteEnd);
        EventWriter events = new(output, repeats: true);
        CaseEndedEvent[] ended = [.. Enumerable.Range(0, cases).Select(i => new CaseEndedEvent { Step = "s", Case = $"{i}", ExitCode = i, Signal = i % 2 == 0 ? null : 9, Limit = LimitKind.Output, StdoutBytes = 5, StartError = "why" })];
        Array.ForEach(ended, events.CaseEnded);
        events.JobEnded(stopped: false);
        output.Flush();

        JobEndedEvent last = Assert.IsType<JobEndedEvent>(ReadBack()[^1]);

        Assert.Equal(cases <= 8 ? ended : null, last.Results);
    }

    [Theory]
    [InlineData(LimitKind.WallTime)]
    [InlineData(LimitKind.CpuTime)]
    [InlineData(LimitKind.Memory)]
    [InlineData(LimitKind.Output)]
    [InlineData(LimitKind.Processes)]
    [InlineData(LimitKind.Workspace)]
    public void LimitNames_EveryLimit_IsTheSerializersName(LimitKind limit) => Assert.Equal(limit.ToString(), LimitNames.Of(limit));

    [Fact]
    public void LimitNames_HasAllLimits() => Assert.All(Enum.GetValues<LimitKind>(), limit => Assert.NotEmpty(LimitNames.Of(limit)));

    [Fact]
    public void Flush_HostThatDoesNotRead_KeepsEverythingInOrder()
    {
        _pipe.WriteEnd.SetNonBlocking();
        HostOutput output = new(_pipe.WriteEnd);
        EventWriter events = new(output);
        StringBuilder sent = new();
        for (int i = 0; i < 200; i++)
        {
            events.Output("s", $"{i}", OutputStream.Stdout, new byte[3000]);
            output.Flush();
        }

        Assert.True(output.IsBehind);
        _pipe.ReadEnd.SetNonBlocking();
        byte[] buffer = new byte[10_000];
        while (output.HasPending || sent.ToString().Count(letter => letter == '\n') < 200)
        {
            sent.Append(Encoding.UTF8.GetString(buffer, 0, Math.Max(0, _pipe.ReadEnd.Read(buffer))));
            output.Flush();
        }

        string[] lines = sent.ToString().TrimEnd().Split('\n');
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), lines.Select(line => Assert.IsType<OutputEvent>(JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)).Case));
    }

    [Fact]
    public void Flush_HostIsGone_IsNotedAndNoError()
    {
        HostOutput output = new(_pipe.WriteEnd);
        _pipe.ReadEnd.Dispose();
        new EventWriter(output).StepStarted("s");

        output.Flush();

        Assert.True(output.IsClosed);
    }

    public void Dispose() => _pipe.Dispose();

    private RunnerEvent[] ReadBack()
    {
        byte[] buffer = new byte[60_000];
        int length = _pipe.ReadEnd.Read(buffer);
        return [.. Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)!)];
    }
}
