using System.Globalization;

namespace CodeExec.Core.Schedules.Cron;

/// <summary>One of the five fields of a cron expression: what it is called, and what may stand in it.</summary>
/// <param name="Cycle">After so many values it begins anew: 7 days of the week, though Sunday may be 0 and 7.</param>
/// <param name="Names">Of its values, from the smallest on.</param>
internal sealed record CronField(string Title, int Min, int Max, int Cycle, params string[] Names)
{
    public static readonly CronField Minute = new("minute", 0, 59, 60), Hour = new("hour", 0, 23, 24), Day = new("day of the month", 1, 31, 31);

    public static readonly CronField Month = new("month", 1, 12, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    public static readonly CronField Weekday = new("day of the week", 0, 7, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>A list of values, ranges and steps.</summary>
    /// <returns>A bit for each value that it stands for; 0 with a mistake.</returns>
    public ulong Parse(string text, out string? mistake)
    {
        ulong values = 0;
        foreach (string part in text.Split(','))
        {
            if (Part(part) is not { } some)
            {
                mistake = $"'{part}' is nothing for the {Title}: {Rule}.";
                return 0;
            }

            values |= some;
        }

        mistake = null;
        return values;
    }

    /// <summary>Whether it stands for every value, whatever the step: then the other field of days decides alone.</summary>
    public static bool IsStar(string text) => text[0] is '*' or '?';

    private int Last => Min + Cycle - 1;

    private string Rule => string.Create(
        CultureInfo.InvariantCulture, $"{Min} to {Max}{(Names.Length > 0 ? $", {Names[0]} to {Names[^1]}" : "")}, *, ranges (a-b), steps (*/n, a-b/n, a/n) and lists of them");

    private ulong? Part(string part)
    {
        string[] stepped = part.Split('/');
        int step = 1;
        if (stepped.Length > 2 || (stepped.Length == 2 && (!TryNumber(stepped[1], out step) || step == 0 || step > Max)))
        {
            return null;
        }

        return Range(stepped[0], stepped.Length == 2) is (int first, int last) ? Bits(first, last, step) : null;
    }

    private (int First, int Last)? Range(string text, bool hasStep)
    {
        if (text is "*" or "?")
        {
            return (Min, Last);
        }

        string[] ends = text.Split('-');
        if (ends.Length > 2 || !TryValue(ends[0], out int first))
        {
            return null;
        }

        return ends.Length == 1 ? (first, hasStep ? Last : first) : TryValue(ends[1], out int last) ? (first, last) : null;
    }

    // A range may go over the end: FRI-MON, 22-2.
    private ulong Bits(int first, int last, int step)
    {
        ulong bits = 0;
        for (int value = first; value <= (last < first ? last + Cycle : last); value += step)
        {
            bits |= 1UL << (Min + ((value - Min) % Cycle));
        }

        return bits;
    }

    private bool TryValue(string text, out int value)
    {
        int name = Array.FindIndex(Names, one => one.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            value = Min + name;
            return true;
        }

        return TryNumber(text, out value) && value >= Min && value <= Max;
    }

    private static bool TryNumber(string text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 3;
}
