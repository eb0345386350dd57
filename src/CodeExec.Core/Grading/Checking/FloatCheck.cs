using System.Globalization;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Word by word; numbers may differ a little.</summary>
internal sealed class FloatCheck(ReadOnlyMemory<byte> expected, double absolute, double relative) : TokenCheck(expected)
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    protected override bool AreEqual(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> word)
    {
        if (wanted.SequenceEqual(word))
        {
            return true;
        }

        if (!TryParse(wanted, out double right) || !TryParse(word, out double got))
        {
            return false;
        }

        double difference = Difference(wanted, right, word, got);
        return double.IsFinite(right) && double.IsFinite(got)
            ? difference <= absolute || difference <= relative * Math.Abs(right)
            : right.Equals(got);
    }

    // What is written with up to 28 digits is subtracted as written: 9007199254740993 is not 9007199254740992, and 0.4 is 0.1 from 0.3.
    private static double Difference(ReadOnlySpan<byte> wanted, double right, ReadOnlySpan<byte> word, double got)
        => IsDecimal(right) && IsDecimal(got)
            && decimal.TryParse(wanted, Plain, CultureInfo.InvariantCulture, out decimal exactRight)
            && decimal.TryParse(word, Plain, CultureInfo.InvariantCulture, out decimal exactGot)
                ? (double)Math.Abs(exactRight - exactGot)
                : Math.Abs(right - got);

    private static bool IsDecimal(double number) => number == 0 || Math.Abs(number) is >= 1e-9 and <= 1e27;

    // "inf" and "nan" as C's printf writes them; an infinity is near nothing but itself.
    private static bool TryParse(ReadOnlySpan<byte> word, out double number)
    {
        if (double.TryParse(word, Plain, CultureInfo.InvariantCulture, out number))
        {
            return double.IsFinite(number) || IsNamed(word, ref number);
        }

        return IsNamed(word, ref number);
    }

    private static bool IsNamed(ReadOnlySpan<byte> word, ref double number)
    {
        bool negative = word.Length > 0 && word[0] == (byte)'-';
        ReadOnlySpan<byte> name = word.Length > 0 && word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        if (System.Text.Ascii.EqualsIgnoreCase(name, "nan"u8))
        {
            number = double.NaN;
            return true;
        }

        number = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(name, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "infinity"u8);
    }
}
