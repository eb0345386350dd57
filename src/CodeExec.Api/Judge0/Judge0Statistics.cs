using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Judge0;

/// <summary>How many submissions there are: by language, by status, by day. Counted anew every ten minutes, as there.</summary>
internal sealed class Judge0Statistics(Judge0Listing listing, Judge0Answers answers, TimeProvider clock)
{
    private const int Days = 30;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<TenantId, Counts> _counted = [];

    public async Task<Action<Utf8JsonWriter>> CountAsync(TenantId tenant, bool anew, Judge0Languages languages, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (anew || !_counted.TryGetValue(tenant, out Counts? counts) || counts.At + Kept <= now)
        {
            _counted[tenant] = counts = await CountAsync(tenant, now, cancellationToken);
        }

        return json => Write(json, counts, languages);
    }

    private async Task<Counts> CountAsync(TenantId tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Counts counts = new(now);
        await foreach (ExecutionRecord record in listing.AllAsync(tenant, cancellationToken))
        {
            Add(counts.ByLanguage, Judge0Submission.LanguageOf(record) ?? 0);
            Add(counts.ByStatus, await answers.StatusAsync(record, cancellationToken));
            Add(counts.ByDay, DateOnly.FromDateTime(record.CreatedAt.UtcDateTime));
        }

        return counts;
    }

    private static void Add<T>(Dictionary<T, int> counts, T key)
        where T : notnull
        => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static void Write(Utf8JsonWriter json, Counts counts, Judge0Languages languages)
    {
        DateOnly today = DateOnly.FromDateTime(counts.At.UtcDateTime);
        json.WriteStartObject();
        json.WriteString("created_at", counts.At.UtcDateTime);
        json.WriteString("cached_until", (counts.At + Kept).UtcDateTime);
        json.WriteStartObject("submissions");
        json.WriteNumber("total", counts.ByStatus.Values.Sum());
        json.WriteNumber("today", counts.ByDay.GetValueOrDefault(today));
        json.WriteStartObject("last_30_days");
        for (int back = 1; back <= Days; back++)
        {
            json.WriteNumber(today.AddDays(-back).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), counts.ByDay.GetValueOrDefault(today.AddDays(-back)));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        WriteCounts(json, "languages", "language", counts.ByLanguage, languages.NameOf);
        WriteCounts(json, "statuses", "status", counts.ByStatus, Judge0Statuses.DescriptionOf);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string list, string what, Dictionary<int, int> counts, Func<int, string> name)
    {
        json.WriteStartArray(list);
        foreach ((int id, int count) in counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key))
        {
            json.WriteStartObject();
            json.WriteStartObject(what);
            json.WriteNumber("id", id);
            json.WriteString("name", name(id));
            json.WriteEndObject();
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed record Counts(DateTimeOffset At)
    {
        public Dictionary<int, int> ByLanguage { get; } = [];

        public Dictionary<int, int> ByStatus { get; } = [];

        public Dictionary<DateOnly, int> ByDay { get; } = [];
    }
}
