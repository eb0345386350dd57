using System.Runtime.InteropServices;

namespace CodeExec.Linux.Filters;

/// <summary>Puts the calling thread, and whatever it starts from now on, under a seccomp filter. Needs no_new_privs.</summary>
public static unsafe class SystemCallFilter
{
    /// <param name="program">Instructions of classic BPF, laid out as struct sock_filter.</param>
    public static void Install<TInstruction>(ReadOnlySpan<TInstruction> program)
        where TInstruction : unmanaged
    {
        const int SetSeccomp = 22;
        const nuint FilterMode = 2;
        fixed (TInstruction* first = program)
        {
            Program header = new() { Length = checked((ushort)program.Length), First = first };
            if (Libc.PrCtl(SetSeccomp, FilterMode, (nuint)(&header), 0, 0) < 0)
            {
                throw LinuxException.Last("prctl(PR_SET_SECCOMP)");
            }
        }
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public void* First;
    }
}
