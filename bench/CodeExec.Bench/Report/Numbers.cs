using System.Globalization;

namespace CodeExec.Bench.Report;

/// <summary>Numbers with as many digits as they deserve.</summary>
internal static class Numbers
{
    public static string Ms(double ms) => ms switch
    {
        double.NaN => "–",
        < 10 => ms.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => ms.ToString("0.0", CultureInfo.InvariantCulture),
        _ => ms.ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Count(double count) => count.ToString(count < 10 && count % 1 != 0 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + "×";
}
