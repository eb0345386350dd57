using System.Buffers.Text;

namespace CodeExec.Runner.Processes;

/// <summary>One line of /proc/PID/stat, as far as it matters here.</summary>
/// <param name="CpuTicks">Hundredths of a second: its own time and that of the children it reaped.</param>
internal readonly record struct ProcessStat(int Pid, char State, int Parent, int Threads, long CpuTicks, long ResidentPages)
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public bool IsZombie => State is 'Z' or 'X';

    public static ProcessStat Parse(int pid, ReadOnlySpan<byte> line)
    {
        // The name in parentheses may itself hold spaces and parentheses.
        ReadOnlySpan<byte> rest = line[(line.LastIndexOf((byte)')') + 2)..];
        char state = (char)rest[0];
        int parent = 0;
        int threads = 0;
        long ticks = 0;
        long pages = 0;
        const int StateField = 3;
        int field = StateField;
        foreach (Range range in rest.Split((byte)' '))
        {
            long value = field == StateField ? 0 : Number(rest[range]);
            switch (field++)
            {
                case 4: parent = (int)value; break;
                case 14 or 15 or 16 or 17: ticks += value; break;
                case 20: threads = (int)value; break;
                case 24: pages = value; return new ProcessStat(pid, state, parent, threads, ticks, pages);
            }
        }

        return new ProcessStat(pid, state, parent, threads, ticks, pages);
    }

    private static long Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long value, out _) ? value : 0;
}
