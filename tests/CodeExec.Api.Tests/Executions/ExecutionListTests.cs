using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Tests.Executions;

public sealed class ExecutionListTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        foreach ((string language, string course, int code) in new[] { ("python", "a", 0), ("bash", "a", 1), ("python", "b", 0), ("python", "a", 2) })
        {
            _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.Exited(code));
            await _host.PostAsync("/api/executions", JsonSerializer.Serialize(new { language, code = "x", labels = new { course, term = "x:y" } }));
        }
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("", 4)]
    [InlineData("?language=python", 3)]
    [InlineData("?status=failed", 2)]
    [InlineData("?label=course:a", 3)]
    [InlineData("?label=course:a&label=term:x:y&language=python", 2)]
    [InlineData("?label=course:c", 0)]
    [InlineData("?from=2999-01-01", 0)]
    [InlineData("?to=2999-01-01T00:00:00Z", 4)]
    public async Task List_Filtered_HasWhatMatches(string query, int count)
    {
        foreach (string path in new[] { "/api/executions", "/api/executions/history" })
        {
            Answer answer = await _host.GetAsync(path + query);
            Assert.Equal(count, answer.Json.GetProperty("items").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("cursor").ValueKind);
        }
    }

    [Fact]
    public async Task List_PageByPage_HasEachOnceAndNewestFirst()
    {
        List<string> seen = [], times = [];
        string? cursor = null;
        do
        {
            JsonElement page = (await _host.GetAsync($"/api/executions?limit=1{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}")).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            times.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("createdAt").GetString()!));
            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(4, seen.Distinct().Count());
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task Metrics_CountWhatEnded()
    {
        JsonElement metrics = (await _host.GetAsync("/api/executions/metrics")).Json;

        Assert.Equal(4, metrics.GetProperty("total").GetInt32());
        Assert.Equal(0.5, metrics.GetProperty("successRate").GetDouble());
        Assert.Equal(0.5, metrics.GetProperty("failureRate").GetDouble());
        Assert.Equal(3, metrics.GetProperty("byLanguage").GetProperty("python").GetProperty("total").GetInt32());
        Assert.Equal(31, metrics.GetProperty("durationMs").GetProperty("p50").GetDouble());
        Assert.Equal(2, metrics.GetProperty("errorsByType").GetProperty("exited").GetInt32());
        Assert.Equal(0, (await _host.GetAsync("/api/executions/metrics?from=2999-01-01")).Json.GetProperty("total").GetInt32());
        (await _host.GetAsync("/api/executions/metrics?from=x")).IsProblem(400, "invalid-request").HasError("from");
    }
}
