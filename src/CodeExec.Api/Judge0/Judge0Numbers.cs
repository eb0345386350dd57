using System.Globalization;
using CodeExec.Api.Requests;

namespace CodeExec.Api.Judge0;

/// <summary>Numbers as Judge0 takes them, also as texts, and its words for those that it does not take.</summary>
internal static class Judge0Numbers
{
    /// <returns>Null if it was left out, or is wrong and that was noted.</returns>
    public static double? Read(JsonFields fields, string name, double least, double most, FieldErrors errors)
        => Read(fields, name, most, errors, number => number >= least, string.Create(CultureInfo.InvariantCulture, $"must be greater than or equal to {least}"));

    /// <inheritdoc cref="Read(JsonFields, string, double, double, FieldErrors)"/>
    public static double? Positive(JsonFields fields, string name, double most, FieldErrors errors)
        => Read(fields, name, most, errors, number => number > 0, "must be greater than 0");

    private static double? Read(JsonFields fields, string name, double most, FieldErrors errors, Func<double, bool> isEnough, string tooLittle)
    {
        if (!fields.Has(name))
        {
            return null;
        }

        string? mistake = !double.TryParse(fields.TextOrNumber(name), CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number) ? "is not a number"
            : !isEnough(number) ? tooLittle
            : number > most ? string.Create(CultureInfo.InvariantCulture, $"must be less than or equal to {most}")
            : null;
        if (mistake is null)
        {
            return number;
        }

        errors.Add(name, mistake);
        return null;
    }
}
