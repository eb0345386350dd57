using System.Globalization;
using System.Text.Json.Serialization;
using CodeExec.Core.Attempts;
using CodeExec.Core.Attempts.Submitting;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Grading;

/// <summary>How often a student may submit.</summary>
/// <param name="Per">As ISO 8601 has it; null: in all.</param>
internal sealed record AttemptRulesView(int? Max, string? Per, int? Total, string? Pause, bool CountsCompileErrors, bool CountsFormatErrors, bool CountsSamples)
{
    public static AttemptRulesView? Of(AttemptRules? rules) => rules is null ? null : new(
        rules.Max, Text(rules.Per), rules.Total, Text(rules.Pause), rules.CountsCompileErrors, rules.CountsFormatErrors, rules.CountsSamples);

    private static string? Text(TimeSpan? duration) => duration is { } some ? IsoDuration.Text(some) : null;
}

/// <summary>Where a student stands.</summary>
/// <param name="Left">Null: as many as one likes.</param>
/// <param name="NextAt">When the next may be made; null: never, unless more are given.</param>
internal sealed record AttemptStandingView(string Student, int Used, int? Left, int Given, DateTimeOffset? NextAt)
{
    public static AttemptStandingView? Of(AttemptStanding? standing) => standing is null ? null : new(standing.Student, standing.Used, standing.Left, standing.Given, standing.NextAt);
}

/// <param name="Rules">Null: attempts are no longer counted.</param>
internal sealed record StudentAttemptsView(string Student, AttemptRulesView? Rules, int Used, int? Left, int Given, DateTimeOffset? NextAt, IReadOnlyList<AttemptView> Attempts, IReadOnlyList<GrantView> Grants);

/// <param name="Counts">False: it failed through us, was cancelled before it began, or did not compile where that is free.</param>
internal sealed record AttemptView(DateTimeOffset At, AttemptState State, bool Counts, bool Extra)
{
    /// <summary>Of a problem.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExecutionId { get; init; }

    /// <summary>Of a challenge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubmissionId { get; init; }

    public static AttemptView Of(Attempt attempt, AttemptKind kind) => new(attempt.At, attempt.State, attempt.State != AttemptState.Free, attempt.IsExtra)
    {
        ExecutionId = kind == AttemptKind.Problem ? attempt.Work : null,
        SubmissionId = kind == AttemptKind.Challenge ? attempt.Work : null,
    };
}

internal sealed record GrantView(int Attempts, string Reason, string By, DateTimeOffset At);

internal sealed record AttemptListView(AttemptRulesView? Rules, IReadOnlyList<AttemptStandingView> Items, string? Cursor);

internal static class AttemptHeaders
{
    public const string Left = "X-Attempts-Left", NextAt = "X-Attempts-Next";

    /// <summary>Says in headers where a student stands.</summary>
    public static void Tell(this HttpContext context, AttemptStanding? standing)
    {
        if (standing?.Left is { } left)
        {
            context.Response.Headers[Left] = left.ToString(CultureInfo.InvariantCulture);
        }

        if (standing?.NextAt is { } next)
        {
            context.Response.Headers[NextAt] = next.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        }
    }
}
