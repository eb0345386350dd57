using System.Globalization;
using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Problems;

/// <param name="Detail">What to do about it; never a path, a type or a stack.</param>
public sealed record Problem(ProblemType Type, string Detail)
{
    /// <summary>Messages by field, as the client names it.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where a student stands whose attempt was refused.</summary>
    public AttemptStanding? Attempts { get; init; }

    /// <summary>By which our log knows this failure; only for our own mistakes.</summary>
    public string? RequestId { get; init; }

    public static Problem Invalid(string field, string message)
        => Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors)
        => new(ProblemTypes.InvalidRequest, "Mend what 'errors' lists and send the request again.") { Errors = errors };

    public static Problem NoExecution(ExecutionId id)
        => new(ProblemTypes.NotFound, $"There is no execution {id}. It may have been deleted, or the id is mistyped.");

    public static Problem KeyConflict()
        => new(ProblemTypes.IdempotencyConflict, "The Idempotency-Key stands for another request already. Send this one under a new key.");

    public static Problem NoAttempt(AttemptStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        string left = standing.Left is { } some ? $" Attempts left: {some}." : "";
        string detail = standing is { NextAt: { } next, Wait: { } wait }
            ? $"Nothing was stored, and this does not count.{left} The next is allowed at {next.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)} s."
            : $"Nothing was stored, and this does not count.{left} All are used: ask whoever set the task for more.";
        return new(ProblemTypes.TooManyAttempts, detail) { RetryAfter = standing.Wait, Attempts = standing };
    }

    public static Problem Busy(TimeSpan retryAfter)
        => new(ProblemTypes.Busy, "More work is waiting than this server may accept. Nothing was stored; send the request again after the time in Retry-After.") { RetryAfter = retryAfter };
}
