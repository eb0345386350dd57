using System.Net;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Queries of lists: what can not be is named, what looks like a query language is only a text.</summary>
[Collection(HostileInputServer.Name)]
public sealed class HostileQueryTests(HostileInputServer server)
{
    private ApiHost Host => server.Host;

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("status=done", "status")]
    [InlineData("status=COMPLETED", "status")]
    [InlineData("status=0", "status")]
    [InlineData("label=novalue", "label")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-13-01", "from")]
    [InlineData("from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor")]
    [InlineData("cursor=' or 1 eq 1", "cursor")]
    public async Task List_QueryThatCanNotBe_Is400(string query, string field)
    {
        (await Host.GetAsync("/api/executions?" + query)).IsProblem(400, "invalid-request").HasError(field);
        (await Host.GetAsync("/api/executions/history?" + query)).IsProblem(400, "invalid-request").HasError(field);
    }

    [Fact]
    public async Task List_CursorThatWasChanged_Is400InEveryBit()
    {
        for (int i = 0; i < 3; i++)
        {
            await Host.SubmitAsync();
        }

        string cursor = (await Host.GetAsync("/api/executions?limit=1")).Json.GetProperty("cursor").GetString()!;
        for (int i = 0; i < cursor.Length; i++)
        {
            string changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            Answer answer = await Host.GetAsync("/api/executions?limit=1&cursor=" + Uri.EscapeDataString(changed));
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.OK, answer.Text);
        }
    }

    [Theory]
    [InlineData("language=' or '1'='1")]
    [InlineData("language=%00")]
    [InlineData("label=a:' or 1 eq 1")]
    [InlineData("label=%2f%23%3f:x")]
    public async Task List_InjectionInAQuery_FindsNothing(string query)
    {
        await Host.SubmitAsync();

        Answer answer = await Host.GetAsync("/api/executions?" + query);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("[]", answer.Json.GetProperty("items").GetRawText());
    }
}
