using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CodeExec.Storage.Local.Folders;

/// <summary>Files that only their owner can read, and whose names survive a power cut too.</summary>
internal static partial class DurableFiles
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC on Linux: no program we start inherits it

    /// <summary>Makes a file that was not there; a link in its place is not followed but refused.</summary>
    public static FileStream CreateNew(string path) => Open(path, FileMode.CreateNew);

    /// <exception cref="IOException">It is a link.</exception>
    public static FileStream OpenOrCreate(string path)
    {
        RefuseLink(path);
        return Open(path, FileMode.OpenOrCreate);
    }

    /// <exception cref="FileNotFoundException"></exception>
    /// <exception cref="DirectoryNotFoundException"></exception>
    /// <exception cref="IOException">It is a link.</exception>
    public static FileStream OpenRead(string path)
    {
        RefuseLink(path);
        return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
    }

    /// <summary>Makes what was created, renamed or deleted in a folder durable.</summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // others make names durable with the file, or offer no way to ask for it
        }
        int descriptor = OpenFolder(folder, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failed("open", folder);
        }
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (Flush(handle) != 0)
        {
            throw Failed("fsync", folder);
        }
    }

    /// <summary>What is gone already counts as deleted.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing of that name was ever written.
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a link. Nothing of ours is: somebody else put it there, and it is not followed.");
        }
    }

    private static IOException Failed(string call, string path)
        => new($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle descriptor);
}
