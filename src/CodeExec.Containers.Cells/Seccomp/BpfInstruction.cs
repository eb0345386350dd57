using System.Buffers.Binary;

namespace CodeExec.Containers.Cells.Seccomp;

/// <summary>One instruction of classic BPF, as the kernel's <c>struct sock_filter</c>.</summary>
internal readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value)
{
    public const int Size = 8;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, Code);
        target[2] = JumpTrue;
        target[3] = JumpFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Value);
    }

    /// <summary>Loads a 32-bit word of <c>struct seccomp_data</c>.</summary>
    public static BpfInstruction Load(uint offset) => new(0x20, 0, 0, offset);

    public static BpfInstruction JumpIfEqual(uint value, byte ifTrue, byte ifFalse) => new(0x15, ifTrue, ifFalse, value);

    public static BpfInstruction JumpIfGreaterOrEqual(uint value, byte ifTrue, byte ifFalse) => new(0x35, ifTrue, ifFalse, value);

    public static BpfInstruction JumpIfAnyBit(uint bits, byte ifTrue, byte ifFalse) => new(0x45, ifTrue, ifFalse, bits);

    public static BpfInstruction Return(uint action) => new(0x06, 0, 0, action);
}
