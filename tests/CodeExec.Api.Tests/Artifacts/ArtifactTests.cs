using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Requests;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Tests.Artifacts;

public sealed class ArtifactTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _id = await _host.SubmitAsync();
        Assert.True(ExecutionId.TryParse(_id, out ExecutionId id));
        await _host.Executions.GiveArtifactsAsync(
            id,
            (new("out/a.txt", 3), "abc"u8.ToArray()),
            (new("out/page.html", 4), "<b/>"u8.ToArray()),
            (new("out/pic.svg", 4), "<s/>"u8.ToArray()),
            (new("out/ä b%2f\"\r\n.bin", 1), [0xff]),
            (new("out/link", 0, "It is a link."), []));
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Artifacts_AreListedWithAddressesThatWork()
    {
        JsonElement[] listed = [.. (await _host.GetAsync("/api/executions/" + _id)).Json.GetProperty("artifacts").EnumerateArray()];

        Assert.Equal("""{"path":"out/a.txt","sizeBytes":3,"url":"/api/executions/ID/artifacts/out/a.txt"}""", listed[0].GetRawText().Replace(_id, "ID", StringComparison.Ordinal));
        foreach (JsonElement artifact in listed[..4])
        {
            Answer answer = await _host.GetAsync(artifact.GetProperty("url").GetString()!);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.StartsWith("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Contains("sandbox", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(artifact.GetProperty("sizeBytes").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Headers["Content-Length"]);
        }

        Assert.Equal(JsonValueKind.Null, listed[4].GetProperty("url").ValueKind);
        Assert.Equal("It is a link.", listed[4].GetProperty("refused").GetString());
    }

    [Theory]
    [InlineData("out/a.txt", "text/plain")]
    [InlineData("out/page.html", "application/octet-stream")]
    [InlineData("out/pic.svg", "application/octet-stream")]
    public async Task Artifact_Type_IsNeverOneThatABrowserRuns(string path, string type)
        => Assert.Equal(type, (await _host.GetAsync($"/api/executions/{_id}/artifacts/{path}")).ContentType);

    [Theory]
    [InlineData("")]
    [InlineData("out")]
    [InlineData("out/")]
    [InlineData("out/b.txt")]
    [InlineData("out/link")]
    [InlineData("OUT/a.txt")]
    [InlineData("/out/a.txt")]
    [InlineData("out//a.txt")]
    [InlineData("out/./a.txt/")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("..%252f..%252fetc%252fpasswd")]
    [InlineData("out%2fa.txt")]
    [InlineData("out%5c..%5ca.txt")]
    [InlineData("out%00/a.txt")]
    [InlineData("out/a.txt%00.png")]
    [InlineData("..;/a.txt")]
    [InlineData("%c0%ae%c0%ae/a.txt")]
    public async Task Artifact_OtherSpellings_Are404(string path)
    {
        string response = await RawHttp.SendAsync(_host, $"GET /api/executions/{_id}/artifacts/{path} HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        Assert.True(RawHttp.StatusOf(response) is 404 or 400, response);
        Assert.DoesNotContain("root:", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifact_ManyRanges_AreIgnored()
    {
        Answer answer = await _host.SendAsync(HttpMethod.Get, $"/api/executions/{_id}/artifacts/out/a.txt", null, null, ("Range", "bytes=" + string.Join(',', Enumerable.Repeat("0-1", 1000))));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("abc", answer.Text);
    }
}
