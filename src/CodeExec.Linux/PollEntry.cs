using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>struct pollfd. A negative descriptor is passed over.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct PollEntry(int Descriptor, PollEvents Wanted)
{
    public PollEvents Happened { get; private set; }
}
