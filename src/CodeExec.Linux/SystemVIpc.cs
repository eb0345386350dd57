using System.Buffers.Text;

namespace CodeExec.Linux;

/// <summary>Shared memory, semaphores and message queues of System V: they outlive whoever made them.</summary>
public static unsafe class SystemVIpc
{
    private const int Remove = 0;

    /// <summary>Removes all of this IPC namespace that the caller may.</summary>
    public static void RemoveAll()
    {
        using LinuxDirectory? lists = LinuxDirectory.TryOpen("/proc/sysvipc");
        if (lists is null)
        {
            return; // a kernel without them
        }

        foreach (int id in Ids(lists, "shm"u8))
        {
            _ = Libc.ShmCtl(id, Remove, null);
        }

        foreach (int id in Ids(lists, "sem"u8))
        {
            _ = Libc.SemCtl(id, 0, Remove, 0);
        }

        foreach (int id in Ids(lists, "msg"u8))
        {
            _ = Libc.MsgCtl(id, Remove, null);
        }
    }

    /// <summary>The second column of each line but the first.</summary>
    private static List<int> Ids(LinuxDirectory lists, ReadOnlySpan<byte> kind)
    {
        List<int> ids = [];
        using FileDescriptor? file = lists.TryOpen(kind, OpenFlags.ReadOnly, 0, out _);
        byte[] text = new byte[64 * 1024];
        int length = 0;
        int read;
        while (file is not null && length < text.Length && (read = file.Read(text.AsSpan(length))) > 0)
        {
            length += read;
        }

        bool isHeading = true;
        ReadOnlySpan<byte> lines = text.AsSpan(0, length);
        foreach (Range line in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> columns = lines[line].TrimStart((byte)' ');
            int second = columns.IndexOf((byte)' ');
            if (!isHeading && second > 0 && Utf8Parser.TryParse(columns[second..].TrimStart((byte)' '), out int id, out _))
            {
                ids.Add(id);
            }

            isHeading = false;
        }

        return ids;
    }
}
