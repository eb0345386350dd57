using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>
/// Looks for a file that has come to its limit: the kernel writes up to it and refuses the rest, and a program that is told so (EFBIG) may
/// end in any way. Only for trees that nothing else changes meanwhile.
/// </summary>
internal static class LargeFile
{
    /// <summary>A tree of a million files is not looked through for one.</summary>
    private const int MostLooks = 10_000;

    private const int DeepestFolder = 128;

    public static bool IsIn(LinuxDirectory root, long bytes)
    {
        int left = MostLooks;
        using TreeCursor cursor = new(root);
        Stack<Queue<byte[]>> open = new();
        open.Push([]);
        if (Visit(cursor.Here, open.Peek(), bytes, ref left))
        {
            return true;
        }

        while (left > 0)
        {
            if (open.Peek().TryDequeue(out byte[]? name))
            {
                if (cursor.Depth < DeepestFolder && cursor.TryEnter(name) == 0)
                {
                    open.Push([]);
                    if (Visit(cursor.Here, open.Peek(), bytes, ref left))
                    {
                        return true;
                    }
                }
            }
            else if (cursor.Depth > 0)
            {
                open.Pop();
                cursor.Leave();
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static bool Visit(LinuxDirectory folder, Queue<byte[]> folders, long bytes, ref int left)
    {
        DirectoryReader reader = folder.ReadNames();
        while (left > 0 && reader.TryNext(out ReadOnlySpan<byte> name))
        {
            left--;
            switch (folder.TryStatus(name))
            {
                case { Kind: FileKind.Directory }:
                    folders.Enqueue(name.ToArray());
                    break;
                case { Kind: FileKind.Regular } file when file.Size >= bytes:
                    return true;
            }
        }

        return false;
    }
}
