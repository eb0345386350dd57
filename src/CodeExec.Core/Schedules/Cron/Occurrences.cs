namespace CodeExec.Core.Schedules.Cron;

/// <summary>The moments at which a cron expression comes true in a time zone.</summary>
public sealed class Occurrences(CronExpression expression, TimeZoneInfo zone)
{
    /// <summary>Longer than any change of clocks: a zone has gone over the date line and left out a day.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(26);

    /// <summary>The first one after a moment; null if none comes any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // Where clocks are changed nearby, times on the wall are not in the order of the moments.
        bool isSteady = OffsetAt(after - Margin) == OffsetAt(after) && OffsetAt(after + Margin) == OffsetAt(after);
        DateTime local = LocalAt(after);
        DateTime from = isSteady ? local.AddTicks(1) : local - Margin;
        DateTimeOffset? first = null;
        foreach (DateTime time in expression.LocalTimes(from))
        {
            if (first is { } found && (isSteady || time > LocalAt(found) + Margin))
            {
                break;
            }

            foreach (DateTimeOffset moment in MomentsOf(time))
            {
                first = moment > after && (first is null || moment < first) ? moment : first;
            }
        }

        return first;
    }

    /// <summary>Those after a moment, in order.</summary>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset moment)
    {
        for (DateTimeOffset? next = Next(moment); next is { } found; next = Next(found))
        {
            yield return found;
        }
    }

    /// <summary>The last one that is not after a moment; null if there is none from a certain one on.</summary>
    public DateTimeOffset? Last(DateTimeOffset from, DateTimeOffset until)
    {
        // Looked for near the end first: there may be very many.
        foreach (int days in (int[])[0, 1, 32, 366])
        {
            DateTimeOffset begin = until - TimeSpan.FromDays(days) - TimeSpan.FromHours(1);
            if (begin > from && After(begin).TakeWhile(moment => moment <= until).Cast<DateTimeOffset?>().LastOrDefault() is { } found)
            {
                return found;
            }
        }

        return After(from.AddTicks(-1)).TakeWhile(moment => moment <= until).Cast<DateTimeOffset?>().LastOrDefault();
    }

    /// <summary>None for a time that clocks leave out, unless the work would be left out with it: then the moment at which they jump. Two for a time that comes twice, if it goes by the clock.</summary>
    private IEnumerable<DateTimeOffset> MomentsOf(DateTime local)
    {
        DateTimeOffset asUtc = new(local, TimeSpan.Zero);
        TimeSpan[] offsets = [.. new[] { OffsetAt(asUtc - Margin), OffsetAt(asUtc), OffsetAt(asUtc + Margin) }.Distinct().OrderDescending()];
        DateTimeOffset[] moments = [.. offsets.Select(offset => asUtc - offset).Where(moment => LocalAt(moment) == local)];
        return moments.Length > 0 ? moments.Take(expression.GoesByTheClock ? moments.Length : 1)
            : expression.GoesByTheClock ? []
            : [JumpOver(local, asUtc - offsets[0])];
    }

    private DateTimeOffset JumpOver(DateTime local, DateTimeOffset from)
    {
        DateTimeOffset moment = from;
        while (LocalAt(moment) < local)
        {
            moment = moment.AddMinutes(1);
        }

        return moment;
    }

    private TimeSpan OffsetAt(DateTimeOffset moment) => zone.GetUtcOffset(moment);

    private DateTime LocalAt(DateTimeOffset moment) => DateTime.SpecifyKind(moment.UtcDateTime + OffsetAt(moment), DateTimeKind.Unspecified);
}
