using System.Runtime.InteropServices;
using CodeExec.Linux;
using CodeExec.Runner.Cases;

namespace CodeExec.Runner.Attending;

/// <summary>
/// A program whose cell is followed from outside. The first process of the cell reaps, and ends what is left when the program has
/// ended; then it sends one record. Its code is in Warm/sitecustomize.py of the cells.
/// </summary>
internal sealed class AttendedProgram(FileDescriptor firstProcess) : ICaseProgram
{
    private const byte KillOrder = (byte)'K';

    public int MainPid => 0;

    public PollEntry Entry => new(firstProcess.Value, PollEvents.In);

    /// <summary>Nothing of a cell is a child of this process.</summary>
    public bool Owns(int pid) => false;

    public ProcessExit? TryReap()
    {
        Span<byte> bytes = stackalloc byte[Marshal.SizeOf<Record>()];
        int read = firstProcess.Read(bytes);
        if (read < 0)
        {
            return null;
        }

        return read == bytes.Length
            ? MemoryMarshal.Read<Record>(bytes).ToExit()
            : throw new FirstProcessEndedException();
    }

    public void Kill() => firstProcess.Write([KillOrder]);

    /// <summary>The record comes when nothing is left.</summary>
    public void KillToTheLast(Action reapOthers)
    {
    }

    /// <summary>The socket is the cell's: the result goes out before its first process is let go.</summary>
    public void Dispose()
    {
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Record(long Status, long CpuMicroseconds, long PeakKibibytes)
    {
        public ProcessExit ToExit() => ProcessExit.FromStatus(0, (int)Status, TimeSpan.FromMicroseconds(CpuMicroseconds), PeakKibibytes * 1024);
    }
}
