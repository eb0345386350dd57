using System.Diagnostics.CodeAnalysis;

namespace CodeExec.Core.Schedules.Cron;

/// <summary>
/// When something is to be done, in the five fields that Vixie's cron has: minute, hour, day of the month, month, day of the week; or @daily and the like.
/// Where both days are restricted, either is enough. See decision 0030.
/// </summary>
public sealed class CronExpression
{
    private const int LongestText = 256, LongestWait = 40;

    private static readonly Dictionary<string, string> Nicknames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *", ["@annually"] = "0 0 1 1 *", ["@monthly"] = "0 0 1 * *", ["@weekly"] = "0 0 * * 0", ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *", ["@hourly"] = "0 * * * *",
    };

    private static readonly CronField[] Fields = [CronField.Minute, CronField.Hour, CronField.Day, CronField.Month, CronField.Weekday];

    private readonly ulong _minutes, _hours, _days, _months, _weekdays;
    private readonly bool _eitherDay;

    private CronExpression(string[] texts, ulong[] values)
    {
        (_minutes, _hours, _days, _months, _weekdays) = (values[0], values[1], values[2], values[3], values[4]);
        _eitherDay = !CronField.IsStar(texts[2]) && !CronField.IsStar(texts[4]);
        GoesByTheClock = CronField.IsStar(texts[0]) || CronField.IsStar(texts[1]);
    }

    /// <summary>
    /// Every so many minutes or hours: it follows the clock on the wall as that goes, through hours that come twice and past those that do not come. What
    /// is to be done at a certain time is done once on each of its days.
    /// </summary>
    public bool GoesByTheClock { get; }

    /// <param name="mistake">What is wrong with it, for whoever wrote it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out string? mistake)
    {
        expression = null;
        string[] texts = Split(text ?? "", out mistake);
        if (mistake is not null)
        {
            return false;
        }

        ulong[] values = new ulong[Fields.Length];
        for (int i = 0; i < Fields.Length; i++)
        {
            values[i] = Fields[i].Parse(texts[i], out mistake);
            if (mistake is not null)
            {
                return false;
            }
        }

        CronExpression read = new(texts, values);
        if (!read.LocalTimes(new DateTime(2000, 1, 1)).Any())
        {
            mistake = "It never comes: no such month has such a day.";
            return false;
        }

        (expression, mistake) = (read, null);
        return true;
    }

    /// <summary>The times on the wall that fit, from one on; none after 40 years without any.</summary>
    public IEnumerable<DateTime> LocalTimes(DateTime from)
    {
        DateTime last = from.Date.AddYears(LongestWait);
        for (DateTime day = from.Date; day < last; day = NextDay(day))
        {
            if (!FitsDay(day))
            {
                continue;
            }

            last = day.AddYears(LongestWait);
            for (int minute = day == from.Date ? (int)Math.Ceiling(from.TimeOfDay.TotalMinutes) : 0; minute < 24 * 60; minute++)
            {
                if (!Has(_hours, minute / 60))
                {
                    minute += 59 - (minute % 60);
                }
                else if (Has(_minutes, minute % 60))
                {
                    yield return day.AddMinutes(minute);
                }
            }
        }
    }

    /// <summary>Whether a minute on the wall fits.</summary>
    public bool Fits(DateTime local) => FitsDay(local) && Has(_hours, local.Hour) && Has(_minutes, local.Minute);

    private bool FitsDay(DateTime day)
    {
        bool fitsDay = Has(_days, day.Day), fitsWeekday = Has(_weekdays, (int)day.DayOfWeek);
        return Has(_months, day.Month) && (_eitherDay ? fitsDay || fitsWeekday : fitsDay && fitsWeekday);
    }

    // Months that do not fit are left out at once.
    private DateTime NextDay(DateTime day)
        => Has(_months, day.Month) ? day.AddDays(1) : new DateTime(day.Year, day.Month, 1).AddMonths(1);

    private static bool Has(ulong values, int value) => (values & (1UL << value)) != 0;

    private static string[] Split(string text, out string? mistake)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith('@'))
        {
            bool known = Nicknames.TryGetValue(trimmed, out string? meant);
            mistake = known ? null : $"There is {string.Join(", ", Nicknames.Keys)}, and nothing else that begins with '@'.";
            return known ? meant!.Split(' ') : [];
        }

        string[] texts = trimmed.Length <= LongestText ? trimmed.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : [];
        mistake = texts.Length == Fields.Length ? null : "Must have five fields: minute, hour, day of the month, month, day of the week; or be one of @hourly, @daily, @weekly, @monthly, @yearly.";
        return texts;
    }
}
