using System.Globalization;
using System.Text;
using CodeExec.Linux;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Attending;

/// <summary>A cell that this process follows from outside: what its first process sent when it had made itself ready.</summary>
internal sealed class AttendedCell : IWorkspaceLooks, IDisposable
{
    /// <summary>Line, first process, control, stdin, stdout, stderr, workspace, shared memory; counters follow.</summary>
    private const int DescriptorsBeforeCounters = 8;

    private readonly IReadOnlyList<FileDescriptor> _descriptors;

    private AttendedCell(IReadOnlyList<FileDescriptor> descriptors, CgroupCounters counters)
    {
        _descriptors = descriptors;
        Counters = counters;
        Workspace = LinuxDirectory.Of(descriptors[6]);
        SharedMemory = LinuxDirectory.Of(descriptors[7]);
        Input = new HostInput(Line);
        Host = new HostLink(Input, new HostOutput(Line));
    }

    /// <summary>To the host and back.</summary>
    public FileDescriptor Line => _descriptors[0];

    /// <summary>To the cell's first process: orders there, the program's end back.</summary>
    public FileDescriptor FirstProcess => _descriptors[1];

    public FileDescriptor Control => _descriptors[2];

    public FileDescriptor Stdin => _descriptors[3];

    public FileDescriptor Stdout => _descriptors[4];

    public FileDescriptor Stderr => _descriptors[5];

    public LinuxDirectory Workspace { get; }

    /// <summary>The cell's /dev/shm.</summary>
    public LinuxDirectory SharedMemory { get; }

    public CgroupCounters Counters { get; }

    public HostInput Input { get; }

    public HostLink Host { get; }

    public bool IsFull() => FileSystemSpace.Of(Workspace.Descriptor).IsFull;

    /// <summary>Its other folders are out of reach.</summary>
    public bool HasFileOf(long bytes) => LargeFile.IsIn(Workspace, bytes);

    /// <summary>Waits for the next cell. Null when none will come.</summary>
    public static AttendedCell? Receive(FileDescriptor arrivals)
    {
        Span<byte> message = stackalloc byte[1024];
        int length = UnixMessage.Receive(arrivals, message, out IReadOnlyList<FileDescriptor> descriptors);
        if (length == 0)
        {
            return null;
        }

        StringBuilder option = new();
        string[] parts = Encoding.ASCII.GetString(message[..length]).Split("%d");
        for (int i = 0; i < parts.Length; i++)
        {
            option.Append(parts[i]);
            if (i < parts.Length - 1)
            {
                option.Append(CultureInfo.InvariantCulture, $"{descriptors[DescriptorsBeforeCounters + i].Detach()}");
            }
        }

        return new AttendedCell([.. descriptors.Take(DescriptorsBeforeCounters)], new CgroupCounters(CgroupDescriptors.Parse(option.ToString())));
    }

    /// <summary>The cell's first process ends when its line is cut, and the cell with it.</summary>
    public void Dispose()
    {
        Counters.Dispose();
        foreach (FileDescriptor descriptor in _descriptors)
        {
            descriptor.Dispose();
        }
    }
}
