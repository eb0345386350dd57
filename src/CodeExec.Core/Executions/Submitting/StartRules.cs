using System.Globalization;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>When work is to begin: at a time, or after so long.</summary>
internal static partial class StartRules
{
    /// <returns>Null: at once. A time that has passed stays as it is, so that a request that is repeated late finds its first one.</returns>
    public static DateTimeOffset? Check(string? startAt, long? delayMs, SubmissionCeilings ceilings, DateTimeOffset now, Mistakes mistakes)
    {
        if (startAt is not null && delayMs is not null)
        {
            mistakes.Add("delayMs", "Say 'startAt' or 'delayMs', not both.");
            return null;
        }

        DateTimeOffset? start = null;
        if (startAt is not null && (start = Parse(startAt)) is null)
        {
            mistakes.Add("startAt", NoTime);
        }
        else if (delayMs < 0 || delayMs > ceilings.StartWithin.TotalMilliseconds)
        {
            mistakes.Add("delayMs", string.Create(CultureInfo.InvariantCulture, $"Must be from 0 to {ceilings.StartWithin.TotalMilliseconds:0}."));
        }
        else if (delayMs is > 0 and { } delay)
        {
            start = now + TimeSpan.FromMilliseconds(delay);
        }
        else if (start - now > ceilings.StartWithin)
        {
            mistakes.Add("startAt", string.Create(CultureInfo.InvariantCulture, $"May be {ceilings.StartWithin.TotalDays:0.##} days ahead at most."));
        }

        return start;
    }

    /// <summary>What is said where a time is wanted and something else was sent.</summary>
    public const string NoTime = "Must be an ISO 8601 time with its offset, such as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00.";

    /// <returns>In UTC; null if it is no time, or does not say its offset.</returns>
    public static DateTimeOffset? Parse(string text)
        => Shape().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
