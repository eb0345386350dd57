using CodeExec.Linux;

namespace CodeExec.Runner.Attending;

/// <summary>
/// Lets the first process of a cell become a runner of its own, for a job of more than one program. It writes events to the
/// host itself; what the host says goes through here.
/// </summary>
internal static class Handover
{
    private static readonly byte[] Order = "R"u8.ToArray();

    public static void Run(AttendedCell cell, ReadOnlyMemory<byte> job)
    {
        cell.FirstProcess.SetNonBlocking();
        UnixMessage.Send(cell.FirstProcess, Order, [cell.Stdin, cell.Stdout, cell.Stderr, cell.Control]);
        foreach (FileDescriptor ours in (ReadOnlySpan<FileDescriptor>)[cell.Stdin, cell.Stdout, cell.Stderr, cell.Control])
        {
            ours.Dispose();
        }

        cell.FirstProcess.WriteAll(job.Span);
        cell.FirstProcess.WriteAll("\n"u8);
        cell.FirstProcess.WriteAll(cell.Input.TakeRest().Span);
        Span<byte> buffer = stackalloc byte[4096];
        Span<PollEntry> entries = stackalloc PollEntry[2];
        while (true)
        {
            entries[0] = new PollEntry(cell.Line.Value, PollEvents.In);
            entries[1] = new PollEntry(cell.FirstProcess.Value, PollEvents.In);
            Poll.Wait(entries, timeout: null);
            if (entries[1].Happened != PollEvents.None)
            {
                return; // it says nothing to us: this is its end
            }

            int read = cell.Line.Read(buffer);
            if (read == 0)
            {
                return; // the host has gone: so does the runner, when its stdin ends
            }

            cell.FirstProcess.WriteAll(buffer[..Math.Max(0, read)]);
        }
    }
}
