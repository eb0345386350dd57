using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Tests.Displays;

public sealed class DisplayTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private ApiHost _host = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _id = await _host.SubmitAsync();
        Assert.True(ExecutionId.TryParse(_id, out ExecutionId id));
        await _host.Executions.GiveDisplaysAsync(
            id,
            (new("1.png", "plot.png", "image/png", 3, "run", At, 4), [1, 2, 3]),
            (new("2.html", "page.html", "text/html", 25, "run", At, 5), "<script>alert(1)</script>"u8.ToArray()),
            (new("3.svg", "pic.svg", "image/svg+xml", 6, "run", At, 6), "<svg/>"u8.ToArray()),
            (new("4.csv", "big.csv", "text/csv", 100_000, "run", At, 7), new byte[100_000]),
            (new(null, "link", null, 0, "run", At, 8, "It is a link."), []));
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Displays_OfAnExecution_SmallOnesStandInIt()
    {
        JsonElement[] shown = [.. (await _host.GetAsync("/api/executions/" + _id)).Json.GetProperty("displays").EnumerateArray()];

        Assert.Equal(
            """{"id":"1.png","name":"plot.png","mime":"image/png","sizeBytes":3,"step":"run","at":"2026-01-02T03:04:05Z","sequence":4,"url":"/api/executions/ID/displays/1.png","data":"AQID","encoding":"base64"}""",
            shown[0].GetRawText().Replace(_id, "ID", StringComparison.Ordinal).Replace(":05.0000000Z", ":05Z", StringComparison.Ordinal));
        Assert.Equal(("<script>alert(1)</script>", "utf8"), (shown[1].GetProperty("data").GetString(), shown[1].GetProperty("encoding").GetString()));
        Assert.False(shown[3].TryGetProperty("data", out _));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "It is a link."), (shown[4].GetProperty("id").ValueKind, shown[4].GetProperty("url").ValueKind, shown[4].GetProperty("refused").GetString()));
    }

    [Fact]
    public async Task Displays_InAList_AreWithoutTheirData()
    {
        JsonElement item = Assert.Single((await _host.GetAsync("/api/executions")).Json.GetProperty("items").EnumerateArray());

        Assert.All(item.GetProperty("displays").EnumerateArray(), display => Assert.False(display.TryGetProperty("data", out _)));
    }

    [Theory]
    [InlineData("1.png", "image/png")]
    [InlineData("2.html", "text/html")]
    [InlineData("3.svg", "image/svg+xml")]
    public async Task Display_Read_IsOfItsTypeAndConfined(string display, string type)
    {
        Answer answer = await _host.GetAsync($"/api/executions/{_id}/displays/{display}");

        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.ContentType));
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("same-origin", answer.Headers["Cross-Origin-Resource-Policy"]);
        string[] policy = answer.Headers["Content-Security-Policy"].Split("; ");
        Assert.Contains("sandbox", policy); // no scripts, no origin
        Assert.Contains("default-src 'none'", policy);
    }

    [Theory]
    [InlineData("9.png")]
    [InlineData("1.svg")]
    [InlineData("1.exe")]
    [InlineData("1")]
    [InlineData("..%2f1.png")]
    [InlineData("-1.png")]
    [InlineData("1.png.html")]
    public async Task Display_ThatThereIsNot_Is404(string display)
        => (await _host.GetAsync($"/api/executions/{_id}/displays/{display}")).IsProblem(404, "not-found");

    [Fact]
    public async Task Viewer_ItsPages_ShowStrangersThingsWithoutTrustingThem()
    {
        Answer page = await _host.GetAsync("/docs/view"), script = await _host.GetAsync("/docs/view.js"), frame = await _host.GetAsync("/docs/frame");

        Assert.DoesNotContain("unsafe-inline", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", script.Text, StringComparison.Ordinal);
        Assert.Contains("'sandbox', 'allow-scripts'", script.Text, StringComparison.Ordinal);
        Assert.StartsWith("sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'", frame.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", frame.Headers["X-Frame-Options"]);
    }
}
