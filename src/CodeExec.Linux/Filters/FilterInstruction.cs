using System.Runtime.InteropServices;

namespace CodeExec.Linux.Filters;

/// <summary>One instruction of classic BPF (struct sock_filter), as seccomp runs it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value)
{
    private const uint ReturnErrno = 0x00050000;
    private const uint ReturnAllow = 0x7fff0000;
    private const int FirstArgument = 16; // struct seccomp_data: int nr, u32 arch, u64 address, u64 arguments[6]

    public static FilterInstruction Allow { get; } = new(0x06, 0, 0, ReturnAllow);

    public static FilterInstruction LoadNumber { get; } = Load(0);

    public static FilterInstruction LoadArchitecture { get; } = Load(4);

    public static FilterInstruction LoadLow(int argument) => Load((uint)(FirstArgument + (argument * 8)));

    public static FilterInstruction LoadHigh(int argument) => Load((uint)(FirstArgument + (argument * 8) + 4));

    public static FilterInstruction Refuse(int errno) => new(0x06, 0, 0, ReturnErrno | (uint)errno);

    /// <summary>Passes over so many instructions, by whether the loaded word is the value.</summary>
    public static FilterInstruction SkipOnEqual(uint value, int ifEqual, int ifNot) => new(0x15, checked((byte)ifEqual), checked((byte)ifNot), value);

    public static FilterInstruction SkipUnlessAtLeast(uint value, int count) => new(0x35, 0, checked((byte)count), value);

    private static FilterInstruction Load(uint offset) => new(0x20, 0, 0, offset);
}
