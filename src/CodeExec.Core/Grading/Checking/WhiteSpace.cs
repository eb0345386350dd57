using System.Buffers;

namespace CodeExec.Core.Grading.Checking;

/// <summary>What checkers take for white space: that of C's isspace, so that results do not depend on a locale.</summary>
internal static class WhiteSpace
{
    public static readonly SearchValues<byte> Values = SearchValues.Create(" \t\n\v\f\r"u8);

    public static bool Is(byte b) => b is (byte)' ' or (>= 9 and <= 13);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes)
    {
        int start = bytes.IndexOfAnyExcept(Values);
        return start < 0 ? [] : TrimEnd(bytes[start..]);
    }

    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> bytes) => bytes[..(bytes.LastIndexOfAnyExcept(Values) + 1)];
}
