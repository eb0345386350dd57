using System.Buffers.Binary;
using System.Text;
using CodeExec.Containers.Docker.Engine;

namespace CodeExec.Containers.Docker.Tests.Engine;

public sealed class AttachedOutputTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10_000)]
    public async Task Read_FramesInPiecesOfAnySize_GivesStdoutWholeAndKeepsStderrAside(int pieces)
    {
        byte[] frames = [.. Frame(1, "one "), .. Frame(2, "oh dear"), .. Frame(1, ""), .. Frame(1, new string('x', 50_000)), .. Frame(2, "!")];
        AttachedOutput output = new(new PiecewiseStream(frames, pieces));

        using StreamReader reader = new(output);
        string stdout = await reader.ReadToEndAsync();

        Assert.Equal("one " + new string('x', 50_000), stdout);
        Assert.Equal("oh dear!", output.Complaints);
    }

    [Fact]
    public async Task Read_EndlessComplaints_KeepsTheBeginning()
    {
        byte[] frames = [.. Frame(2, "begin" + new string('y', 100_000)), .. Frame(1, "end")];
        AttachedOutput output = new(new PiecewiseStream(frames, 4096));

        using StreamReader reader = new(output);

        Assert.Equal("end", await reader.ReadToEndAsync());
        Assert.Equal(4096, output.Complaints.Length);
        Assert.StartsWith("begin", output.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ConnectionIsCutInAFrame_Ends()
    {
        AttachedOutput output = new(new PiecewiseStream([.. Frame(1, "hello")[..10]], 3));

        using StreamReader reader = new(output);

        Assert.Equal("he", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Read_NoFramesAtAll_IsRefused()
        => await Assert.ThrowsAsync<InvalidDataException>(async () => await new AttachedOutput(new PiecewiseStream("HTTP/1.1 500 Oops"u8.ToArray(), 100)).ReadExactlyAsync(new byte[10]));

    private static byte[] Frame(byte stream, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        byte[] frame = [stream, 0, 0, 0, 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), content.Length);
        return frame;
    }
}
