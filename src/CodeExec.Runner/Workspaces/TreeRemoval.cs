using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>Removes whole trees, however deep, wide, oddly named or locked up by their modes. Follows no link.</summary>
internal static class TreeRemoval
{
    /// <exception cref="LinuxException">Something can not be removed: the container is not fit for another case.</exception>
    public static void Remove(LinuxDirectory parent, byte[] name)
    {
        if (TryRemoveAtOnce(parent, name))
        {
            return;
        }

        using TreeCursor cursor = new(parent);
        cursor.EnterToChange(name);
        while (cursor.Depth > 0)
        {
            if (FirstThatStays(cursor.Here) is { } folder)
            {
                cursor.EnterToChange(folder);
            }
            else
            {
                byte[] emptied = cursor.Leave();
                Check(cursor.Here.Remove(emptied, directory: true));
            }
        }
    }

    /// <summary>Removes all it can; null when the directory is empty then, else a folder in it that is not.</summary>
    private static byte[]? FirstThatStays(LinuxDirectory directory)
    {
        bool removedSome = true;
        while (removedSome) // names may be passed over while others are removed: look again until a pass finds nothing
        {
            removedSome = false;
            DirectoryReader names = directory.ReadNames();
            while (names.TryNext(out ReadOnlySpan<byte> name))
            {
                if (!TryRemoveAtOnce(directory, name))
                {
                    return name.ToArray();
                }

                removedSome = true;
            }
        }

        return null;
    }

    /// <summary>False for a folder with something in it.</summary>
    private static bool TryRemoveAtOnce(LinuxDirectory directory, ReadOnlySpan<byte> name)
    {
        int error = directory.Remove(name, directory: false);
        if (error is Errno.IsDirectory)
        {
            error = directory.Remove(name, directory: true);
        }

        if (error is Errno.NotEmpty or Errno.Exists)
        {
            return false;
        }

        Check(error);
        return true;
    }

    private static void Check(int error)
    {
        if (error is not (0 or Errno.NotFound))
        {
            throw new LinuxException("unlinkat", error);
        }
    }
}
