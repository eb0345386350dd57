using System.Globalization;

namespace CodeExec.Cli.Text;

/// <summary>Sizes as people write them: 512k, 256m, 1g.</summary>
internal static class Sizes
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("kb", 1 << 10), ("mb", 1 << 20), ("gb", 1 << 30), ("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30),
    ];

    /// <summary>Bytes; null for what is no size. A bare number is none: it does not say what it counts.</summary>
    public static long? Parse(string text)
    {
        (string? unit, double bytes) = Units.FirstOrDefault(u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        return unit is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * bytes is >= 1 and < (1L << 50)
            ? (long)(number * bytes)
            : null;
    }

    public static string Show(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.##} GiB"),
    };
}
