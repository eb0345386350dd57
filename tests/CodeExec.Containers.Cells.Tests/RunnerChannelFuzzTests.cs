using System.Text;
using System.Text.Json;
using CodeExec.Contracts.Fuzzing;
using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Whatever a runner says, the host reads events or ends the line with one exception: never another, never without an end.</summary>
public sealed class RunnerChannelFuzzTests
{
    private static readonly string[] Good =
    [
        string.Concat(((RunnerEvent[])
        [
            new ReadyEvent(1, "0.1", true) { Sequence = 1 },
            new StepStartedEvent("run") { Sequence = 2 },
            new OutputEvent("run", "", OutputStream.Stderr, [0, 255, 10]) { Sequence = 3 },
            new CaseEndedEvent { Sequence = 4, Step = "run", Case = "", Signal = 9, Limit = LimitKind.Memory, StartError = "x" },
            new FileEvent("a/b", FilePurpose.Kept, [1], true, true) { Sequence = 5 },
            new JobEndedEvent(false) { Sequence = 6 },
        ]).Select(e => JsonSerializer.Serialize(e, ProtocolJson.Default.RunnerEvent) + "\n")),
        """{"type":"fault","seq":1,"message":"x"}""" + "\n",
    ];

    /// <summary>Found by fuzzing: it was another exception, which no caller expects.</summary>
    [Theory]
    [InlineData("{}\n")]
    [InlineData("{\"seq\":1}\n")]
    [InlineData("{\"type\":\"other\",\"seq\":1}\n")]
    [InlineData("null\n")]
    public async Task ReceiveAsync_ObjectThatDoesNotSayWhichEventItIs_IsRefused(string line)
    {
        using SocketPair pair = SocketPair.CreateStream();
        using RunnerChannel channel = new(pair.First.Duplicate());
        pair.Second.Write(Encoding.UTF8.GetBytes(line));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await channel.ReceiveAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReceiveAsync_DamagedEvents_EndInOrderOrAreRefused()
    {
        Mutator mutator = new(3);
        int whole = 0;
        for (int i = 0; i < Mutator.Cases; i++)
        {
            byte[] text = mutator.Mutate(Good);
            using SocketPair line = SocketPair.CreateStream();
            using RunnerChannel channel = new(line.First.Duplicate());
            line.Second.Write(text);
            line.Second.Dispose();
            long begun = TimeProvider.System.GetTimestamp();
            try
            {
                long last = 0;
                while (await channel.ReceiveAsync(CancellationToken.None) is { } received)
                {
                    Assert.Equal(++last, received.Sequence);
                }

                whole++;
            }
            catch (InvalidDataException)
            {
                // The line is not a runner's: the cell goes.
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{Encoding.UTF8.GetString(text)}\n{e}");
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(1), Encoding.UTF8.GetString(text));
        }

        Assert.InRange(whole, Mutator.Cases / 20, Mutator.Cases - (Mutator.Cases / 20));
    }
}
