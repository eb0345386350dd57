using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Schedules;

namespace CodeExec.Api.Schedules;

/// <param name="NextRuns">The next five at most.</param>
internal sealed record ScheduleView(
    string Id,
    string? Name,
    ScheduleState State,
    string Cron,
    string TimeZone,
    ScheduledKind Kind,
    OverlapPolicy Overlap,
    MissedPolicy Missed,
    DateTimeOffset? EndsAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<DateTimeOffset> NextRuns,
    ScheduleRunView? LastRun)
{
    private const int Shown = 5;

    /// <summary>What it starts; shown to admins, since it may have hidden tests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Execution { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Batch { get; init; }

    public static ScheduleView Of(Schedule schedule)
    {
        DateTimeOffset[] next = [.. schedule.NextTimes().Take(Shown)];
        return new ScheduleView(
            schedule.Id,
            schedule.Name,
            schedule.IsPaused ? ScheduleState.Paused : next.Length > 0 ? ScheduleState.Active : ScheduleState.Ended,
            schedule.Cron,
            schedule.TimeZone,
            schedule.Kind,
            schedule.Overlap,
            schedule.Missed,
            schedule.EndsAt,
            schedule.CreatedAt,
            schedule.ChangedAt,
            next,
            schedule.Runs.Count > 0 ? ScheduleRunView.Of(schedule.Runs[^1]) : null);
    }

    /// <param name="work">As it was sent; secrets are shown to nobody.</param>
    public ScheduleView With(string? work)
    {
        if (work is null)
        {
            return this;
        }

        JsonObject shown = JsonNode.Parse(work)!.AsObject();
        Hide(shown["secrets"] as JsonObject, _ => true);
        Hide(shown["callback"] as JsonObject, name => name == "secret");
        JsonElement element = JsonSerializer.SerializeToElement(shown, ScheduleJson.Default.JsonObject);
        return Kind == ScheduledKind.Execution ? this with { Execution = element } : this with { Batch = element };
    }

    private static void Hide(JsonObject? values, Func<string, bool> isSecret)
    {
        foreach (string name in values?.Select(pair => pair.Key).Where(isSecret).ToArray() ?? [])
        {
            values![name] = "***";
        }
    }
}

internal enum ScheduleState
{
    Active,
    Paused,

    /// <summary>None of its times is to come.</summary>
    Ended,
}

/// <param name="For">The time that it was started for.</param>
internal sealed record ScheduleRunView(DateTimeOffset For, DateTimeOffset At, RunOutcome Outcome, bool Manual, ExecutionId? Execution, BatchId? Batch, string? Reason)
{
    /// <summary>Of what was started; null once that is deleted.</summary>
    public string? Status { get; init; }

    public static ScheduleRunView Of(ScheduleRun run) => new(run.For, run.At, run.Outcome, run.IsManual, run.Execution, run.Batch, run.Reason);
}

internal sealed record ScheduleListView(IReadOnlyList<ScheduleView> Items, string? Cursor);

internal sealed record ScheduleRunListView(IReadOnlyList<ScheduleRunView> Items);

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
