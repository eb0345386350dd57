using System.Net;
using System.Net.WebSockets;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Live;

namespace CodeExec.Api.Tests.Access;

public sealed class OpenServerTests : IAsyncLifetime
{
    private const string Program = """{"language":"python","code":"x"}""";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:7071")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.5.5.5:80")]
    [InlineData("[::1]:80")]
    public async Task Host_OfThisMachine_IsServed(string host)
        => Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Get, "/api/languages", null, null, ("Host", host))).Status);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1:7071")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    public async Task Host_OfAnotherName_IsRefusedAndNotRepeated(string host)
    {
        Answer answer = (await _host.SendAsync(HttpMethod.Get, "/api/languages", null, null, ("Host", host))).IsProblem(403, "foreign-host");

        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("file://")]
    public async Task Origin_Foreign_MayNotChangeAnything(string origin)
    {
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Post, "/api/executions"), (HttpMethod.Post, "/execute"), (HttpMethod.Post, "/api/v2/execute"), (HttpMethod.Delete, "/api/executions/x"), (HttpMethod.Post, "/api/keys"), (HttpMethod.Post, "/hubs/executions/negotiate") })
        {
            Answer answer = (await _host.SendAsync(method, path, Program, null, ("Origin", origin))).IsProblem(403, "foreign-origin");
            Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Origin"));
        }

        Assert.Equal(0, _host.Executions.Accepted);
        await Assert.ThrowsAsync<WebSocketException>(() => HubConnection.OpenAsync(_host, origin: origin));
    }

    [Fact]
    public async Task Origin_Own_MayAll()
        => Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync("/api/executions", Program, null, ("Origin", "http://" + _host.Address.Authority))).Status);

    [Fact]
    public async Task Origin_ForeignPreflight_GetsNoGrant()
    {
        Answer answer = await _host.SendAsync(HttpMethod.Options, "/api/executions", null, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Origin_Allowed_MayAllAndOthersMayNot()
    {
        await using ApiHost host = await ApiHost.StartWithKeysAsync(("Api:AllowedOrigins:0", "https://app.example"));

        Answer preflight = await host.SendAsync(HttpMethod.Options, "/api/executions", null, null, ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.Status);
        Assert.Equal("https://app.example", preflight.Headers["Access-Control-Allow-Origin"]);
        Answer answer = await host.PostAsync("/api/executions", Program, ApiHost.SubmitterKey, ("Origin", "https://app.example"));
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("https://app.example", answer.Headers["Access-Control-Allow-Origin"]);
        (await host.PostAsync("/api/executions", Program, ApiHost.SubmitterKey, ("Origin", "https://evil.example"))).IsProblem(403, "foreign-origin");
    }

    [Fact]
    public async Task MethodOverride_IsIgnored()
    {
        string id = await _host.SubmitAsync();

        await _host.SendAsync(HttpMethod.Get, "/api/executions/" + id, null, null, ("X-HTTP-Method-Override", "DELETE"));

        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/executions/" + id)).Status);
    }
}
