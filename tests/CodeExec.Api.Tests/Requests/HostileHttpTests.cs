using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Requests that a proxy may read in another way than we do, and addresses that lead nowhere.</summary>
[Collection(HostileInputServer.Name)]
public sealed class HostileHttpTests(HostileInputServer server)
{
    private ApiHost Host => server.Host;

    [Theory]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 2\nTransfer-Encoding: chunked\nConnection: close\n\n0\n\n{}")]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 2\nContent-Length: 3\nConnection: close\n\n{}x")]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: -1\nConnection: close\n\n{}")]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nTransfer-Encoding: chunked, identity\nConnection: close\n\n{}")]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nTransfer-Encoding: chunked\nConnection: close\n\nzz\n{}\n0\n\n")]
    [InlineData("GET /health HTTP/1.1\nHost: localhost\nHost: evil.example\nConnection: close\n\n")]
    [InlineData("GET /health HTTP/1.1\nConnection: close\n\n")]
    [InlineData("GET /health HTTP/9.9\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET  /health HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("G\u0001T /health HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET /\u0000 HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET /health HTTP/1.1\nHost: localhost\nX Y: 1\nConnection: close\n\n")]
    [InlineData("GET /health HTTP/1.1\nHost: localhost\nX: a\u0000b\nConnection: close\n\n")]
    [InlineData("POST /api/executions HTTP/1.1\nHost: localhost\nContent-Type: application/json\nIdempotency-Key: \u00e4\nContent-Length: 34\nConnection: close\n\n{\"language\":\"python\",\"code\":\"xyz\"}")]
    public async Task Request_ThatHasTwoMeaningsOrNone_IsRefused(string request)
    {
        int before = Host.Executions.Accepted;

        int status = RawHttp.StatusOf(await RawHttp.SendAsync(Host, request));

        Assert.True(status is 0 or 400 or 403 or 404 or 405 or 411 or 501 or 505, $"{status}");
        Assert.Equal(before, Host.Executions.Accepted);
    }

    [Fact]
    public async Task Headers_TooManyOrTooLarge_Are431Or414()
    {
        string many = string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: 1\n"));
        Assert.Equal(431, RawHttp.StatusOf(await RawHttp.SendAsync(Host, $"GET /health HTTP/1.1\nHost: localhost\n{many}Connection: close\n\n")));
        Assert.Equal(431, RawHttp.StatusOf(await RawHttp.SendAsync(Host, $"GET /health HTTP/1.1\nHost: localhost\nX: {new string('x', 64 << 10)}\nConnection: close\n\n")));
        Assert.Equal(414, RawHttp.StatusOf(await RawHttp.SendAsync(Host, $"GET /health?{new string('x', 16 << 10)} HTTP/1.1\nHost: localhost\nConnection: close\n\n")));
    }

    [Theory]
    [InlineData("PATCH", "/api/executions")]
    [InlineData("PUT", "/api/executions/x")]
    [InlineData("DELETE", "/api/executions")]
    [InlineData("GET", "/execute")]
    [InlineData("TRACE", "/health")]
    [InlineData("BREW", "/health")]
    public async Task Method_ThatIsNotTaken_Is405WithAllow(string method, string path)
    {
        Answer answer = (await Host.SendAsync(new HttpMethod(method), path)).IsProblem(405, "method-not-allowed");

        Assert.NotEmpty(answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/execution")]
    [InlineData("/api/executions/x/y/z")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/docs/../../etc/passwd")]
    [InlineData("/docs/docs.html")]
    [InlineData("/swagger")]
    public async Task Address_ThatIsNot_Is404(string path) => (await Host.GetAsync(path)).IsProblem(404, "not-found");
}
