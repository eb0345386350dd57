namespace CodeExec.Core.Specifications.Metrics;

/// <summary>What a trend is parted into. Begins at full hours, days and Mondays of UTC.</summary>
public enum MetricsPeriod
{
    Hour,
    Day,
    Week,
}

public static class MetricsPeriods
{
    public static DateTimeOffset StartOf(this MetricsPeriod period, DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        DateTime start = period switch
        {
            MetricsPeriod.Hour => utc.Date.AddHours(utc.Hour),
            MetricsPeriod.Day => utc.Date,
            _ => utc.Date.AddDays(-(((int)utc.DayOfWeek + 6) % 7)),
        };
        return new DateTimeOffset(start, TimeSpan.Zero);
    }

    public static TimeSpan Length(this MetricsPeriod period) => period switch
    {
        MetricsPeriod.Hour => TimeSpan.FromHours(1),
        MetricsPeriod.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };
}
