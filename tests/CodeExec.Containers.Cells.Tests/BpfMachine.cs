using System.Buffers.Binary;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Answers as the kernel would for a system call, from a filter's own bytes: the instructions that our filter uses, and no other.</summary>
internal static class BpfMachine
{
    public static uint Run(ReadOnlySpan<byte> filter, uint architecture, uint number, params ulong[] arguments)
    {
        Span<byte> data = stackalloc byte[64]; // struct seccomp_data
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data[4..], architecture);
        for (int i = 0; i < arguments.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(data[(16 + (8 * i))..], arguments[i]);
        }

        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            ReadOnlySpan<byte> instruction = filter.Slice(at * 8, 8);
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20: accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data[(int)value..]); break;
                case 0x15: at += instruction[accumulator == value ? 2 : 3]; break;
                case 0x35: at += instruction[accumulator >= value ? 2 : 3]; break;
                case 0x45: at += instruction[(accumulator & value) != 0 ? 2 : 3]; break;
                case 0x06: return value;
                default: throw new InvalidOperationException($"Instruction {at} is of a kind that the filter did not use before.");
            }
        }
    }
}
