using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Tests.Linux;

public sealed class UnixMessageTests
{
    [Fact]
    public void SendAndReceive_DescriptorsAttached_ArriveAsWorkingCopies()
    {
        using SocketPair sockets = SocketPair.CreateSequencedPacket();
        using Pipe pipe = Pipe.Create();

        UnixMessage.Send(sockets.First, "two"u8, [pipe.ReadEnd, pipe.WriteEnd]);
        byte[] buffer = new byte[100];
        int length = UnixMessage.Receive(sockets.Second, buffer, out IReadOnlyList<FileDescriptor> descriptors);

        Assert.Equal(("two", 2), (Encoding.UTF8.GetString(buffer, 0, length), descriptors.Count));
        descriptors[1].WriteAll("through"u8);
        Assert.Equal(7, pipe.ReadEnd.Read(buffer));
        descriptors[0].Dispose();
        descriptors[1].Dispose();
    }

    [Fact]
    public void SendAndReceive_SeveralMessages_KeepTheirBounds()
    {
        using SocketPair sockets = SocketPair.CreateSequencedPacket();
        byte[] buffer = new byte[100];

        UnixMessage.Send(sockets.First, "one"u8, []);
        UnixMessage.Send(sockets.First, "two"u8, []);

        Assert.Equal(3, UnixMessage.Receive(sockets.Second, buffer, out IReadOnlyList<FileDescriptor> none));
        Assert.Empty(none);
        Assert.Equal(3, UnixMessage.Receive(sockets.Second, buffer, out _));
        sockets.First.Dispose();
        Assert.Equal(0, UnixMessage.Receive(sockets.Second, buffer, out _));
    }

    [Fact]
    public void Receive_MessageThatDoesNotFit_IsAnErrorAndLeaksNothing()
    {
        using SocketPair sockets = SocketPair.CreateSequencedPacket();
        using Pipe pipe = Pipe.Create();
        UnixMessage.Send(sockets.First, new byte[200], [pipe.WriteEnd]);
        pipe.WriteEnd.Dispose();

        Assert.Throws<InvalidDataException>(() => UnixMessage.Receive(sockets.Second, new byte[100], out _));

        Assert.Equal(0, pipe.ReadEnd.Read(new byte[1]));
    }

    [Fact]
    public void Send_OtherEndClosed_IsAnErrorAndNoSignal()
    {
        using SocketPair sockets = SocketPair.CreateSequencedPacket();
        sockets.Second.Dispose();

        LinuxException error = Assert.Throws<LinuxException>(() => UnixMessage.Send(sockets.First, "x"u8, []));

        Assert.Equal(("sendmsg", Errno.BrokenPipe), (error.Call, error.Errno));
        Assert.Contains("Broken pipe", error.Message, StringComparison.Ordinal);
    }
}
