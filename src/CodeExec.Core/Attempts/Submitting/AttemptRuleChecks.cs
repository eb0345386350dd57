using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Attempts.Submitting;

/// <summary>Checks what an author says of attempts.</summary>
internal static class AttemptRuleChecks
{
    private const int MostInTime = 500, MostInAll = 100_000;

    /// <returns>Rules that may be used if there are no mistakes; null if none were given.</returns>
    public static AttemptRules? Check(SubmittedAttempts? submitted, Mistakes mistakes)
    {
        if (submitted is null)
        {
            return null;
        }

        TimeSpan? per = Duration(submitted.Per, "attempts.per", mistakes), pause = Duration(submitted.Pause, "attempts.pause", mistakes);
        int? max = Count(submitted.Max, "attempts.max", submitted.Per is null ? MostInAll : MostInTime, mistakes);
        int? total = Count(submitted.Total, "attempts.total", MostInAll, mistakes);
        if (submitted is { Max: null, Total: null, Pause: null })
        {
            mistakes.Add("attempts", "Say how many attempts there are (max, in the time per or in all), or how long to wait between two (pause).");
        }

        if (submitted is { Per: not null, Max: null })
        {
            mistakes.Add("attempts.max", "Say how many attempts there are in that time.");
        }

        if (submitted is { Total: not null, Max: not null, Per: null })
        {
            mistakes.Add("attempts.total", "Without 'per', 'max' is for all attempts already: send one of them.");
        }

        return new AttemptRules
        {
            Max = max ?? (per is null ? total : null),
            Per = per,
            Total = per is null ? null : total,
            Pause = pause,
            CountsCompileErrors = submitted.CountsCompileErrors ?? false,
            CountsFormatErrors = submitted.CountsFormatErrors ?? true,
            CountsSamples = submitted.CountsSamples ?? true,
        };
    }

    private static int? Count(long? count, string field, int most, Mistakes mistakes)
    {
        if (count < 1 || count > most)
        {
            mistakes.Add(field, $"Must be from 1 to {most}.");
            return null;
        }

        return (int?)count;
    }

    private static TimeSpan? Duration(string? text, string field, Mistakes mistakes)
    {
        if (text is null)
        {
            return null;
        }

        if (!IsoDuration.TryParse(text, out TimeSpan duration) || duration < TimeSpan.FromSeconds(1) || duration > TimeSpan.FromDays(366))
        {
            mistakes.Add(field, "Must be a duration as ISO 8601 has it, of 1 second to 366 days: 'PT30S', 'PT1H', 'P1D', 'P1DT12H', 'P2W'.");
            return null;
        }

        return duration;
    }
}
