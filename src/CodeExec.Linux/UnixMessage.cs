using System.Runtime.CompilerServices;

namespace CodeExec.Linux;

/// <summary>Messages with open descriptors attached (SCM_RIGHTS), over a <see cref="SocketPair.CreateSequencedPacket"/>.</summary>
public static unsafe class UnixMessage
{
    /// <summary>The kernel's SCM_MAX_FD.</summary>
    public const int MaxDescriptors = 253;

    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int HeaderSize = 16; // size_t length, int level, int type
    private const int DontRaiseSigpipe = 0x4000;
    private const int ReceiveCloseOnExec = 0x40000000;
    private const int DataTruncated = 0x20;
    private const int ControlTruncated = 0x08;

    /// <summary>Sends one message. The receiver gets its own copies of the descriptors; the caller still owns these.</summary>
    public static void Send(FileDescriptor socket, ReadOnlySpan<byte> message, IReadOnlyList<FileDescriptor> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Count, MaxDescriptors);
        byte* control = stackalloc byte[Align(HeaderSize + (descriptors.Count * sizeof(int)))];
        *(nint*)control = HeaderSize + (descriptors.Count * sizeof(int));
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = Rights;
        for (int i = 0; i < descriptors.Count; i++)
        {
            ((int*)(control + HeaderSize))[i] = descriptors[i].Value;
        }

        fixed (byte* data = message)
        {
            IoVector vector = new() { Start = data, Length = message.Length };
            MessageHeader header = new() { Vectors = &vector, VectorCount = 1 };
            if (descriptors.Count > 0)
            {
                header.Control = control;
                header.ControlLength = Align(HeaderSize + (descriptors.Count * sizeof(int)));
            }

            while (Libc.SendMessage(socket.Value, &header, DontRaiseSigpipe) < 0)
            {
                LinuxException error = LinuxException.Last("sendmsg");
                if (error.Errno != Errno.Interrupted)
                {
                    throw error;
                }
            }
        }
    }

    /// <summary>Receives one message; its length is 0 when the other end is closed. The caller owns the descriptors.</summary>
    /// <exception cref="InvalidDataException">The message or its descriptors did not fit.</exception>
    public static int Receive(FileDescriptor socket, Span<byte> buffer, out IReadOnlyList<FileDescriptor> descriptors)
    {
        int room = Align(HeaderSize + (MaxDescriptors * sizeof(int)));
        byte* control = stackalloc byte[room];
        Unsafe.InitBlock(control, 0, (uint)room);
        fixed (byte* data = buffer)
        {
            IoVector vector = new() { Start = data, Length = buffer.Length };
            MessageHeader header = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = room };
            nint received;
            while ((received = Libc.ReceiveMessage(socket.Value, &header, ReceiveCloseOnExec)) < 0)
            {
                LinuxException error = LinuxException.Last("recvmsg");
                if (error.Errno != Errno.Interrupted)
                {
                    throw error;
                }
            }

            descriptors = header.ControlLength == 0 ? [] : Attached(control);
            if ((header.Flags & (DataTruncated | ControlTruncated)) == 0)
            {
                return (int)received;
            }

            foreach (FileDescriptor descriptor in descriptors)
            {
                descriptor.Dispose();
            }

            throw new InvalidDataException($"A message of more than {buffer.Length} bytes or {MaxDescriptors} descriptors came in.");
        }
    }

    private static List<FileDescriptor> Attached(byte* control)
    {
        int count = ((int)*(nint*)control - HeaderSize) / sizeof(int);
        List<FileDescriptor> descriptors = new(count);
        for (int i = 0; i < count; i++)
        {
            descriptors.Add(new FileDescriptor(((int*)(control + HeaderSize))[i]));
        }

        return descriptors;
    }

    private static int Align(int length) => (length + 7) & ~7;
}
