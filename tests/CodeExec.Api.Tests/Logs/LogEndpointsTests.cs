using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Live;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Tests.Logs;

public sealed class LogEndpointsTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        FeedScript script = await FeedScript.BeginAsync(_host);
        for (int i = 0; i < 10; i++)
        {
            script.Say($"Line {i}", i % 2 == 0 ? LogSource.Stdout : LogSource.Stderr);
        }

        await script.EndAsync();
        _id = script.Id;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("", 12, 12)]
    [InlineData("?limit=3", 3, 12)]
    [InlineData("?limit=3&offset=10", 2, 12)]
    [InlineData("?offset=100", 0, 12)]
    [InlineData("?level=error", 5, 5)]
    [InlineData("?source=stdout", 5, 5)]
    [InlineData("?source=system", 2, 2)]
    [InlineData("?search=LINE%209", 1, 1)]
    [InlineData("?search=line&level=info&limit=2&offset=1", 2, 5)]
    [InlineData("?search=nothing", 0, 0)]
    public async Task Logs_FilteredAndPaged_CountWhatMatches(string query, int items, int total)
    {
        JsonElement page = (await _host.GetAsync($"/api/executions/{_id}/logs{query}")).Json;

        Assert.Equal(items, page.GetProperty("items").GetArrayLength());
        Assert.Equal(total, page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Logs_Entry_HasItsWholeShape()
    {
        JsonElement entry = (await _host.GetAsync($"/api/executions/{_id}/logs?offset=2&limit=1")).Json.GetProperty("items")[0];

        Assert.Equal(["sequence", "timestamp", "level", "source", "step", "message"], entry.EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, entry.GetProperty("sequence").GetInt64());
        Assert.Equal("Line 1", entry.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("offset=-1")]
    [InlineData("level=debug")]
    [InlineData("source=stdin")]
    public async Task Logs_BadQuery_Is400(string query)
        => (await _host.GetAsync($"/api/executions/{_id}/logs?{query}")).IsProblem(400, "invalid-request").HasError(query.Split('=')[0]);

    [Fact]
    public async Task Stats_CountByLevelAndSource()
        => Assert.Equal(
            """{"total":12,"byLevel":{"info":7,"warn":0,"error":5},"bySource":{"system":2,"stdout":5,"stderr":5}}""",
            (await _host.GetAsync($"/api/executions/{_id}/logs/stats")).Text);

    [Fact]
    public async Task Logs_OfNothing_Are404()
    {
        foreach (string path in new[] { "logs", "logs/stats", "logs/stream", "events" })
        {
            (await _host.GetAsync($"/api/executions/{Guid.NewGuid():n}/{path}")).IsProblem(404, "not-found");
        }
    }
}
