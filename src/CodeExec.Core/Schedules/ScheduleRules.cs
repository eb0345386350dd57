using System.Globalization;
using System.Text.Json;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Schedules.Cron;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Schedules;

/// <summary>Checks schedules with all that they start. Everything that is wrong is said at once.</summary>
public sealed class ScheduleRules(SubmissionValidator validator, GradedSubmissions graded, BatchRules batches, BatchReceiver receiver, IOptions<ScheduleOptions> options, TimeProvider clock)
{
    private const int LongestName = 200, LongestZone = 100, LookedAt = 200;

    /// <param name="before">What it is to be made of: a new one, or the one that is there.</param>
    /// <returns>Null with errors, by field.</returns>
    internal async Task<(Schedule? Schedule, IReadOnlyDictionary<string, string[]> Errors)> CheckAsync(Schedule before, ScheduleDraft draft, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        CheckName(draft.Name, mistakes);
        Schedule checkedOne = before with
        {
            Name = draft.Name ?? before.Name,
            Cron = draft.Cron?.Trim() ?? before.Cron,
            TimeZone = draft.TimeZone ?? before.TimeZone,
            Overlap = OneOf(draft.Overlap, before.Overlap, "overlap", mistakes),
            Missed = OneOf(draft.Missed, before.Missed, "missed", mistakes),
            EndsAt = EndOf(draft.EndsAt, mistakes) ?? before.EndsAt,
            Kind = draft.Work?.Kind ?? before.Kind,
        };
        CheckTimes(checkedOne, mistakes);
        if (draft.Work is { } work)
        {
            await CheckAsync(before.Tenant, work.Work.Labelled(before.Id, clock.GetUtcNow()), mistakes, cancellationToken);
        }
        else if (before.Work.Length == 0)
        {
            mistakes.Add("execution", "Say what to start: an 'execution' or a 'batch', each as in the body of its own POST.");
        }

        return (mistakes.Any ? null : checkedOne, mistakes.ByField);
    }

    private void CheckTimes(Schedule schedule, Mistakes mistakes)
    {
        bool isZone = schedule.TimeZone.Length <= LongestZone && TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out _);
        if (!isZone)
        {
            mistakes.Add("timeZone", $"{Texts.Quote(schedule.TimeZone)} is no time zone known here: use a name such as Europe/Berlin or UTC.");
        }

        if (!CronExpression.TryParse(schedule.Cron, out CronExpression? expression, out string? mistake))
        {
            mistakes.Add("cron", mistake);
        }
        else if (ShortestOf(expression) < options.Value.ShortestInterval)
        {
            mistakes.Add("cron", string.Create(CultureInfo.InvariantCulture, $"There must be {options.Value.ShortestInterval.TotalMinutes:0.##} minutes at least between two times."));
        }
        else if (isZone && schedule.EndsAt is not null && !(schedule with { IsPaused = false }).NextTimes().Any())
        {
            mistakes.Add("endsAt", "No time of the schedule comes before it.");
        }
    }

    private static TimeSpan ShortestOf(CronExpression expression)
    {
        DateTime[] times = [.. expression.LocalTimes(new DateTime(2024, 1, 1)).Take(LookedAt)];
        return times.Length < 2 ? TimeSpan.MaxValue : times.Zip(times.Skip(1), (one, next) => next - one).Min();
    }

    private async Task CheckAsync(TenantId tenant, ScheduledWork work, Mistakes mistakes, CancellationToken cancellationToken)
    {
        switch (work)
        {
            case ScheduledWork.Execution { Submission: var submission }:
                CheckStart(submission.StartAt, submission.DelayMs, "execution", mistakes);
                Problem? problem = await graded.FindProblemAsync(tenant, submission, cancellationToken);
                validator.TryValidate(submission, problem, out _, out IReadOnlyDictionary<string, string[]> wrong);
                Add(wrong, "execution", mistakes);
                break;
            case ScheduledWork.Batch { Draft: var draft, Submissions: var submissions }:
                CheckStart(draft.StartAt, draft.DelayMs, "batch", mistakes);
                (_, IReadOnlyDictionary<string, string[]> errors) = await batches.CheckAsync(tenant, BatchId.New(clock), draft, new BatchOrigin(), cancellationToken);
                Add(errors, "batch", mistakes);
                CheckSubmissions(submissions, mistakes);
                break;
            default:
                throw new InvalidOperationException($"{work} is no work.");
        }
    }

    private void CheckSubmissions(IReadOnlyList<BatchSubmission> submissions, Mistakes mistakes)
    {
        try
        {
            receiver.CheckAll(submissions);
        }
        catch (BatchRefusedException e)
        {
            mistakes.Add("batch.submissions", e.Message);
        }
    }

    private static void CheckStart(string? startAt, long? delayMs, string kind, Mistakes mistakes)
    {
        if (startAt is not null || delayMs is not null)
        {
            mistakes.Add($"{kind}.{(startAt is not null ? "startAt" : "delayMs")}", "The schedule says when.");
        }
    }

    private static void Add(IReadOnlyDictionary<string, string[]> errors, string kind, Mistakes mistakes)
    {
        foreach ((string field, string[] messages) in errors)
        {
            foreach (string message in messages)
            {
                mistakes.Add($"{kind}.{field}", message);
            }
        }
    }

    private static void CheckName(string? name, Mistakes mistakes)
    {
        if (name is not null && (name.Length > LongestName || name.Any(char.IsControl) || Texts.ToBytes(name) is null))
        {
            mistakes.Add("name", $"May have {LongestName} characters at most, and no control characters.");
        }
    }

    private static DateTimeOffset? EndOf(string? text, Mistakes mistakes)
    {
        DateTimeOffset? end = text is null ? null : StartRules.Parse(text);
        if (text is not null && end is null)
        {
            mistakes.Add("endsAt", StartRules.NoTime);
        }

        return end;
    }

    private static T OneOf<T>(string? text, T otherwise, string field, Mistakes mistakes)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (text is null || text == NameOf(value))
            {
                return text is null ? otherwise : value;
            }
        }

        mistakes.Add(field, $"Must be one of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
        return otherwise;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
