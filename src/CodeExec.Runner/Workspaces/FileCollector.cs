using System.Text;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Workspaces;

/// <summary>
/// Sends the files of a workspace that match, once no program runs. What a program may have made of them is not trusted: no link is
/// followed, nothing but regular files is opened for reading, and every refusal is told with its reason.
/// </summary>
internal sealed class FileCollector(LinuxDirectory workspace, HostLink host, FilePurpose purpose, IReadOnlyList<Glob> globs, FileAllowance allowance)
{
    internal const char Replacement = (char)0xfffd;
    internal const int ChunkSize = 64 * 1024;
    private const int OwnerExecute = 0b001_000_000;

    private const int DeepestFolder = 128;

    /// <summary>A tree full of links must not become as many events.</summary>
    private const int MostRefusals = 100;

    private readonly byte[] _chunk = new byte[ChunkSize];
    private long _bytesLeft = allowance.Bytes;
    private int _filesLeft = allowance.Count;
    private int _refusalsLeft = MostRefusals;

    private bool IsDone => host.StopRequested || _refusalsLeft == 0;

    public void Collect()
    {
        if (globs.Count == 0)
        {
            return;
        }

        using TreeCursor cursor = new(workspace);
        List<string> path = [];
        Stack<Queue<byte[]>> open = new();
        open.Push(Visit(cursor.Here, path));
        while (!IsDone && open.TryPeek(out Queue<byte[]>? folders))
        {
            if (folders.TryDequeue(out byte[]? name))
            {
                path.Add(Shown(name));
                string? refusal = cursor.Depth == DeepestFolder ? $"It is more than {DeepestFolder} folders deep."
                    : cursor.TryEnter(name) == 0 ? null
                    : "The folder can not be read.";
                if (refusal is null)
                {
                    open.Push(Visit(cursor.Here, path));
                    continue;
                }

                Refuse(path, refusal);
            }
            else
            {
                open.Pop();
                if (cursor.Depth == 0)
                {
                    return;
                }

                cursor.Leave();
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    /// <summary>Sends the files of one folder, in the order of their names. The folders in it that are to be visited next.</summary>
    private Queue<byte[]> Visit(LinuxDirectory folder, List<string> path)
    {
        List<byte[]> names = [];
        DirectoryReader reader = folder.ReadNames();
        while (reader.TryNext(out ReadOnlySpan<byte> name))
        {
            names.Add(name.ToArray());
        }

        names.Sort(ByteNames.Comparer);
        Queue<byte[]> folders = new();
        foreach (byte[] name in names.TakeWhile(_ => !IsDone))
        {
            path.Add(Shown(name));
            FileKind? kind = folder.TryStatus(name)?.Kind;
            if (kind == FileKind.Directory && Wants(glob => glob.MayMatchBelow(path)))
            {
                folders.Enqueue(name);
            }
            else if (kind is { } other and not FileKind.Directory && Wants(glob => glob.Matches(path)))
            {
                Take(folder, name, other, path);
            }

            path.RemoveAt(path.Count - 1);
        }

        return folders;
    }

    private void Take(LinuxDirectory folder, byte[] name, FileKind kind, List<string> path)
    {
        if (kind != FileKind.Regular)
        {
            Refuse(path, $"It is {NameOf(kind)}, not a regular file.");
            return;
        }

        if (path.Exists(part => part.Contains(Replacement)))
        {
            Refuse(path, "Its name is not valid UTF-8.");
            return;
        }

        using FileDescriptor? file = folder.TryOpen(name, OpenFlags.ReadOnly, 0, out int error);
        if (file is null)
        {
            Refuse(path, error == Errno.AccessDenied ? "Its mode forbids reading it." : "It can not be opened.");
            return;
        }

        FileStatus status = LinuxDirectory.StatusOf(file);
        if (status.Kind != FileKind.Regular)
        {
            Refuse(path, $"It is {NameOf(status.Kind)}, not a regular file.");
        }
        else if (_filesLeft == 0)
        {
            Refuse(path, $"There are more than {allowance.Count} files; this and further ones are left out.");
            _refusalsLeft = 0;
        }
        else if (status.Size > _bytesLeft)
        {
            Refuse(path, $"It has {status.Size} bytes, and of the {allowance.Bytes} that all files may have together {_bytesLeft} are left.");
        }
        else
        {
            Send(file, status, path);
        }
    }

    private void Send(FileDescriptor file, FileStatus status, List<string> path)
    {
        string name = string.Join('/', path);
        bool executable = (status.Mode & OwnerExecute) != 0;
        _filesLeft--;
        _bytesLeft -= status.Size;
        long left = status.Size;
        do
        {
            int read = left == 0 ? 0 : file.Read(_chunk.AsSpan(0, (int)Math.Min(ChunkSize, left)));
            left = read <= 0 ? 0 : left - read;
            host.Events.File(name, purpose, _chunk.AsSpan(0, Math.Max(0, read)), executable, last: left == 0);
            host.WaitWhileBehind();
        }
        while (left > 0 && !host.StopRequested);
    }

    private void Refuse(List<string> path, string reason)
    {
        _refusalsLeft--;
        host.Events.FileRefused(string.Join('/', path), purpose, reason);
        host.WaitWhileBehind();
    }

    private bool Wants(Func<Glob, bool> matches)
    {
        foreach (Glob glob in globs)
        {
            if (matches(glob))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is not UTF-8 gets U+FFFD; so a name that really holds that character is taken for one that is not.</summary>
    internal static string Shown(byte[] name) => Encoding.UTF8.GetString(name);

    internal static string NameOf(FileKind kind) => kind switch
    {
        FileKind.Link => "a link",
        FileKind.Fifo => "a FIFO",
        FileKind.Socket => "a socket",
        FileKind.Directory => "a folder",
        _ => "a device",
    };
}
