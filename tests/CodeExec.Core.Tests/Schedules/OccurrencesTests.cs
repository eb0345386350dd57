using System.Globalization;
using CodeExec.Core.Schedules.Cron;

namespace CodeExec.Core.Tests.Schedules;

public sealed class OccurrencesTests
{
    /// <summary>With changes of clocks of an hour, of half an hour, of a day; with odd offsets, and with none.</summary>
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Asia/Kolkata", "Africa/Casablanca", "America/Havana",
    ];

    [Theory]
    [InlineData("30 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")] // 2:30 does not come: at 3:00, once
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")] // comes twice: the first
    [InlineData("0 2,3 * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")] // what falls together is once
    [InlineData("0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")] // by the clock: 2, 4, 5
    [InlineData("0 * * * *", "2026-10-24T23:59:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")] // 2 and 2 again
    [InlineData("*/30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z")] // in the hour that comes again
    [InlineData("*/30 2 * * *", "2026-03-28T02:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z")] // no such hour that day
    [InlineData("0 9 * * *", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z")]
    [InlineData("0 9 * * *", "2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z", "2026-01-03T08:00:00Z")] // after, not at
    [InlineData("0 9 * * *", "2026-01-01T07:59:59.999Z", "2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z")]
    public void After_WhereClocksAreChanged_IsAsCronDoesIt(string text, string from, string first, string second)
        => Assert.Equal([Time(first), Time(second)], Of(text, "Europe/Berlin").After(Time(from)).Take(2));

    [Fact]
    public void Next_NothingForYears_IsFound()
        => Assert.Equal(Time("2104-02-29T00:00:00Z"), Of("0 0 29 2 *", "UTC").Next(Time("2096-03-01T00:00:00Z"))); // 2100 is no leap year

    [Theory]
    [InlineData("2026-06-10T12:34:00Z", "2026-06-10T12:30:00Z")]
    [InlineData("2026-06-10T12:30:00Z", "2026-06-10T12:30:00Z")]
    [InlineData("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:01:00Z", "2026-01-01T00:00:00Z")]
    public void Last_OfVeryMany_IsTheOneBefore(string until, string expected)
        => Assert.Equal(Time(expected), Of("*/10 * * * *", "UTC").Last(Time("2026-01-01T00:00:00Z"), Time(until)));

    [Fact]
    public void Last_NoneInBetween_IsNone() => Assert.Null(Of("0 0 1 1 *", "UTC").Last(Time("2026-01-02T00:00:00Z"), Time("2026-12-31T00:00:00Z")));

    /// <summary>Against somebody who walks through every minute, as cron itself does.</summary>
    [Fact]
    public void After_AnyExpressionInAnyZone_AgreesWithAWalkThroughEveryMinute()
    {
        Random random = new(20261121);
        for (int i = 0; i < 150; i++)
        {
            string text = Expression(random);
            string zone = Zones[random.Next(Zones.Length)];
            DateTimeOffset from = Near(random, zone);
            DateTimeOffset until = from.AddHours(60);
            Assert.True(CronExpression.TryParse(text, out CronExpression? expression, out string? mistake), $"{text}: {mistake}");

            IEnumerable<DateTimeOffset> walked = Walk(expression, TimeZoneInfo.FindSystemTimeZoneById(zone), from, until);

            Assert.True(walked.SequenceEqual(Of(text, zone).After(from).TakeWhile(moment => moment <= until)), $"{text} in {zone} after {from:O}");
        }
    }

    /// <summary>What is at a certain time is done once when its time has come or was passed by a jump; what goes by the clock, whenever the clock shows it.</summary>
    private static List<DateTimeOffset> Walk(CronExpression expression, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        List<DateTimeOffset> found = [];
        DateTimeOffset begin = new DateTimeOffset(from.Year, from.Month, from.Day, 0, 0, 0, TimeSpan.Zero).AddDays(-3);
        DateTime furthest = Local(begin);
        for (DateTimeOffset moment = begin.AddMinutes(1); moment <= until; moment = moment.AddMinutes(1))
        {
            DateTime shown = Local(moment);
            bool comes = expression.GoesByTheClock ? expression.Fits(shown) : Passed(furthest, shown).Any(expression.Fits);
            furthest = shown > furthest ? shown : furthest;
            if (comes && moment > from)
            {
                found.Add(moment);
            }
        }

        return found;

        DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).DateTime;

        static IEnumerable<DateTime> Passed(DateTime after, DateTime until)
        {
            for (DateTime minute = after.AddMinutes(1); minute <= until; minute = minute.AddMinutes(1))
            {
                yield return minute;
            }
        }
    }

    private static string Expression(Random random) => string.Join(' ', Field(random, 0, 59, 1), Field(random, 0, 23, 1), Field(random, 1, 28, 3), Field(random, 1, 12, 6), Field(random, 0, 7, 3));

    /// <param name="stars">How much more often than anything else it is a star.</param>
    private static string Field(Random random, int min, int max, int stars)
    {
        int first = random.Next(min, max + 1), second = random.Next(min, max + 1);
        return random.Next(5 + stars) switch
        {
            0 => $"{first}",
            1 => $"{first},{second}",
            2 => $"{first}-{second}",
            3 => $"{first}-{second}/{random.Next(1, 5)}",
            4 => $"*/{random.Next(1, Math.Min(max, 12) + 1)}",
            _ => "*",
        };
    }

    /// <summary>Mostly close to a change of clocks.</summary>
    private static DateTimeOffset Near(Random random, string zone)
    {
        DateTimeOffset any = Time("2009-01-01T00:00:00Z").AddMinutes(random.Next(20 * 366 * 24 * 60));
        if (random.Next(4) == 0)
        {
            return any;
        }

        TimeZoneInfo rules = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (int hours = 0; hours < 366 * 24; hours++)
        {
            if (rules.GetUtcOffset(any.AddHours(hours)) != rules.GetUtcOffset(any.AddHours(hours + 1)))
            {
                return any.AddHours(hours).AddMinutes(-random.Next(50 * 60)).AddSeconds(random.Next(60));
            }
        }

        return any;
    }

    private static Occurrences Of(string text, string zone)
    {
        Assert.True(CronExpression.TryParse(text, out CronExpression? expression, out string? mistake), mistake);
        return new Occurrences(expression, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
