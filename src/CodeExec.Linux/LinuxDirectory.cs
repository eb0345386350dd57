using System.Runtime.InteropServices;
using System.Text;

namespace CodeExec.Linux;

/// <summary>
/// An open directory, and what can be done to the names in it without ever following a link. Names are bytes, and one component unless
/// a method says otherwise.
/// </summary>
public sealed unsafe class LinuxDirectory : IDisposable
{
    private LinuxDirectory(FileDescriptor descriptor) => Descriptor = descriptor;

    public FileDescriptor Descriptor { get; }

    /// <summary>One that somebody else opened; takes the descriptor over.</summary>
    public static LinuxDirectory Of(FileDescriptor descriptor) => new(descriptor);

    public static LinuxDirectory Open(string path)
    {
        const int CurrentDirectory = -100;
        int descriptor = OpenAt(CurrentDirectory, Encoding.UTF8.GetBytes(path), OpenFlags.Directory, 0);
        return descriptor < 0 ? throw LinuxException.Last("open", path) : new LinuxDirectory(new FileDescriptor(descriptor));
    }

    /// <summary>Null when there is no such directory.</summary>
    public static LinuxDirectory? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (LinuxException error) when (error.Errno is Errno.NotFound or Errno.NotDirectory)
        {
            return null;
        }
    }

    /// <summary>The directory of that name, opened. An error number in place of an exception: callers often expect one.</summary>
    public LinuxDirectory? TryOpenDirectory(ReadOnlySpan<byte> name, out int error)
    {
        FileDescriptor? found = TryOpen(name, OpenFlags.Directory, 0, out error);
        return found is null ? null : new LinuxDirectory(found);
    }

    public LinuxDirectory OpenDirectory(ReadOnlySpan<byte> name) =>
        TryOpenDirectory(name, out int error) ?? throw new LinuxException("openat", error, Shown(name));

    /// <summary>Never follows a link and never waits (a FIFO opens at once or fails).</summary>
    public FileDescriptor? TryOpen(ReadOnlySpan<byte> name, int flags, int mode, out int error)
    {
        int descriptor = OpenAt(Descriptor.Value, name, flags | OpenFlags.NoFollow | OpenFlags.NonBlocking, mode);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new FileDescriptor(descriptor);
    }

    public FileDescriptor OpenFile(ReadOnlySpan<byte> name, int flags, int mode = 0) =>
        TryOpen(name, flags, mode, out int error) ?? throw new LinuxException("openat", error, Shown(name));

    /// <summary>Opens a path of several components that must stay below this directory and may go through no link (openat2).</summary>
    public FileDescriptor? TryOpenBeneath(ReadOnlySpan<byte> path, int flags, out int error)
    {
        const ulong NoMagicLinks = 0x02;
        const ulong NoSymbolicLinks = 0x04;
        const ulong Beneath = 0x08;
        byte* room = stackalloc byte[CName.MaxBytes];
        ulong* how = stackalloc ulong[3];
        how[0] = (ulong)(uint)(flags | OpenFlags.CloseOnExec | OpenFlags.NonBlocking);
        how[1] = 0;
        how[2] = NoMagicLinks | NoSymbolicLinks | Beneath;
        int descriptor = (int)Libc.SystemCall(Libc.OpenAt2Number, Descriptor.Value, (nint)CName.Copy(path, room), (nint)how, 3 * sizeof(ulong));
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new FileDescriptor(descriptor);
    }

    /// <summary>Null when there is no such name.</summary>
    public FileStatus? Status(ReadOnlySpan<byte> name)
    {
        const int NoFollow = 0x100;
        byte* room = stackalloc byte[CName.MaxBytes];
        return StatusOf(Descriptor.Value, CName.Copy(name, room), NoFollow);
    }

    /// <summary>Null when it can not be told: there is no such name, or the folder forbids it.</summary>
    public FileStatus? TryStatus(ReadOnlySpan<byte> name)
    {
        try
        {
            return Status(name);
        }
        catch (LinuxException error) when (error.Errno == Errno.AccessDenied)
        {
            return null;
        }
    }

    /// <summary>Whether a path, of several components and through links if there are any, is a regular file.</summary>
    public bool IsFile(ReadOnlySpan<byte> path, out int mode)
    {
        const uint BasicStats = 0x7ff;
        byte* room = stackalloc byte[CName.MaxBytes];
        byte* found = stackalloc byte[FileStatus.BufferSize];
        bool exists = Libc.StatX(Descriptor.Value, CName.Copy(path, room), 0, BasicStats, found) == 0;
        FileStatus status = exists ? FileStatus.Parse(found) : default;
        mode = status.Mode;
        return status.Kind == FileKind.Regular;
    }

    /// <summary>Of an open file.</summary>
    public static FileStatus StatusOf(FileDescriptor file)
    {
        const int EmptyPath = 0x1000;
        byte empty = 0;
        return StatusOf(file.Value, &empty, EmptyPath) ?? throw new LinuxException("statx", Errno.NotFound);
    }

    /// <summary>False when the name is taken.</summary>
    public bool MakeDirectory(ReadOnlySpan<byte> name, int mode)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        if (Libc.MkDirAt(Descriptor.Value, CName.Copy(name, room), (uint)mode) == 0)
        {
            return true;
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.Exists ? false : throw new LinuxException("mkdirat", errno, Shown(name));
    }

    /// <summary>Removes a file, a link, or an empty directory. 0, or the error number.</summary>
    public int Remove(ReadOnlySpan<byte> name, bool directory)
    {
        const int RemoveDirectory = 0x200;
        byte* room = stackalloc byte[CName.MaxBytes];
        return Libc.UnlinkAt(Descriptor.Value, CName.Copy(name, room), directory ? RemoveDirectory : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The caller knows that the name is no link (chmod would follow it). 0, or the error number.</summary>
    public int ChangeMode(ReadOnlySpan<byte> name, int mode)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        return Libc.FChModAt(Descriptor.Value, CName.Copy(name, room), (uint)mode, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    public void MakeLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        byte* targetRoom = stackalloc byte[CName.MaxBytes];
        if (Libc.SymLinkAt(CName.Copy(target, targetRoom), Descriptor.Value, CName.Copy(name, room)) < 0)
        {
            throw LinuxException.Last("symlinkat", Shown(name));
        }
    }

    public byte[] ReadLink(ReadOnlySpan<byte> name)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        byte* target = stackalloc byte[CName.MaxBytes];
        nint length = Libc.ReadLinkAt(Descriptor.Value, CName.Copy(name, room), target, CName.MaxBytes);
        return length < 0 ? throw LinuxException.Last("readlinkat", Shown(name)) : new Span<byte>(target, (int)length).ToArray();
    }

    /// <summary>Makes a FIFO or a socket's name.</summary>
    public void MakeSpecial(ReadOnlySpan<byte> name, FileKind kind, int mode)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        if (Libc.MkNodAt(Descriptor.Value, CName.Copy(name, room), (uint)kind | (uint)mode, 0) < 0)
        {
            throw LinuxException.Last("mknodat", Shown(name));
        }
    }

    /// <summary>Reads the names from the first one. One reader at a time: they share the directory's position.</summary>
    public DirectoryReader ReadNames() => new(Descriptor);

    public void Dispose() => Descriptor.Dispose();

    private static FileStatus? StatusOf(int directory, byte* name, int flags)
    {
        const uint BasicStats = 0x7ff;
        byte* found = stackalloc byte[FileStatus.BufferSize];
        if (Libc.StatX(directory, name, flags, BasicStats, found) == 0)
        {
            return FileStatus.Parse(found);
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NotFound ? null : throw new LinuxException("statx", errno);
    }

    private static int OpenAt(int directory, ReadOnlySpan<byte> name, int flags, int mode)
    {
        byte* room = stackalloc byte[CName.MaxBytes];
        return Libc.OpenAt(directory, CName.Copy(name, room), flags | OpenFlags.CloseOnExec, mode);
    }

    private static string Shown(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);
}
