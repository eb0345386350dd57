using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Section 5 of what we promise: no input is answered with 5xx, none is accepted with two meanings, none tells of our inside.</summary>
public sealed class HostileInputTests(HostileInputTests.Server server) : IClassFixture<HostileInputTests.Server>
{
    private const int MaxBody = 256 << 10;

    private ApiHost Host => server.Host;

    public sealed class Server : IAsyncLifetime
    {
        internal ApiHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await ApiHost.StartAsync(("Api:MaxBodyBytes", $"{MaxBody}"));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Post_BadBody_Is400AsAProblem(string what, byte[] body)
    {
        int before = Host.Executions.Accepted;
        foreach (string path in new[] { "/api/executions", "/api/keys" })
        {
            Answer answer = await PostAsync(path, body);

            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{what}: {(int)answer.Status} {answer.Text}");
            Assert.Equal("application/problem+json", answer.ContentType);
            answer.TellsNothingOfOurInside();
        }

        foreach (string path in new[] { "/execute", "/api/v2/execute" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, body)).TellsNothingOfOurInside().Status);
        }

        Assert.Equal(before, Host.Executions.Accepted);
    }

    public static TheoryData<string, byte[]> BadBodies()
    {
        TheoryData<string, byte[]> bodies = new()
        {
            { "empty", [] },
            { "invalid UTF-8", [.. "{\"language\":\"python\",\"code\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
            { "overlong UTF-8", [.. "{\"language\":\"python\",\"code\":\""u8, 0xC0, 0x80, .. "\"}"u8] },
            { "UTF-16", Encoding.Unicode.GetBytes("{\"language\":\"python\",\"code\":\"\"}") },
            { "raw NUL", Encoding.UTF8.GetBytes("{\"language\":\"python\",\"code\":\"\0\"}") },
        };
        foreach ((string what, string text) in new[]
        {
            ("white space", "  \n"), ("truncated", "{\"language\":\"python\",\"co"), ("a list", "[]"), ("a text", "\"python\""), ("a number", "1"), ("null", "null"), ("two objects", "{}{}"),
            ("trailing comma", "{\"language\":\"python\",}"), ("comment", "{/**/\"language\":\"python\"}"), ("single quotes", "{'language':'python'}"), ("NaN", "{\"language\":NaN}"),
            ("empty object", "{}"),
            ("lists 20,000 deep", string.Concat(Enumerable.Repeat("[", 20_000))), ("objects 20,000 deep", string.Concat(Enumerable.Repeat("{\"a\":", 20_000))),
            ("33 deep and closed", "{\"language\":" + new string('[', 33) + new string(']', 33) + "}"),
            ("the same member twice", "{\"language\":\"python\",\"code\":\"a\",\"code\":\"b\"}"), ("the same member twice, once escaped", "{\"language\":\"python\",\"code\":\"a\",\"c\\u006fde\":\"b\"}"),
            ("the same file member twice", "{\"language\":\"python\",\"files\":[{\"path\":\"a\",\"path\":\"b\",\"content\":\"\"}]}"),
            ("lone surrogate in a member's name", "{\"\\ud800\":1,\"language\":\"python\",\"code\":\"\"}"),
        })
        {
            bodies.Add(what, Encoding.UTF8.GetBytes(text));
        }

        return bodies;
    }

    [Theory]
    [InlineData("""{"language":7,"code":"x"}""", "language")]
    [InlineData("""{"language":["python"],"code":"x"}""", "language")]
    [InlineData("""{"language":"python","code":{}}""", "code")]
    [InlineData("""{"language":"python","code":true}""", "code")]
    [InlineData("""{"language":"python","code":"\ud800"}""", "code")]
    [InlineData("""{"language":"python","code":"x","stdin":"a\udc00b"}""", "stdin")]
    [InlineData("""{"language":"python","code":"x","args":"a"}""", "args")]
    [InlineData("""{"language":"python","code":"x","args":[1]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":[null]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":["a\u0000b"]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":["\ud800"]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","compileArgs":["\u0000"]}""", "compileArgs[0]")]
    [InlineData("""{"language":"python","code":"x","env":[]}""", "env")]
    [InlineData("""{"language":"python","code":"x","env":{"A":1}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A":null}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A=B":"c"}}""", "env")]
    [InlineData("""{"language":"python","code":"x","env":{"A":"\u0000"}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A":"1"},"secrets":{"A":"2"}}""", "secrets.A")]
    [InlineData("""{"language":"python","code":"x","secrets":{"A":""}}""", "secrets.A")]
    [InlineData("""{"language":"python","code":"x","limits":[]}""", "limits")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":0}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":-5}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":1.5}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":1e400}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":99999999999999999999}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":"256"}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"wallTimeMs":2147483648}}""", "limits.wallTimeMs")]
    [InlineData("""{"language":"python","code":"x","limits":{"fileSize":1}}""", "limits.fileSize")]
    [InlineData("""{"language":"python","code":"x","compileLimits":{"cpuTimeMs":0}}""", "compileLimits.cpuTimeMs")]
    [InlineData("""{"language":"python","code":"x","files":{}}""", "files")]
    [InlineData("""{"language":"python","code":"x","files":[1]}""", "files[0]")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a"}]}""", "files[0].content")]
    [InlineData("""{"language":"python","code":"x","files":[{"content":""}]}""", "files[0].path")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a","content":"","mode":511}]}""", "files[0].mode")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a","content":"","encoding":"utf16"}]}""", "files[0].encoding")]
    [InlineData("""{"language":"python","code":"x","id":"mine"}""", "id")]
    [InlineData("""{"language":"python","code":"x","status":"completed"}""", "status")]
    [InlineData("""{"language":"python","code":"x","tenant":"other"}""", "tenant")]
    [InlineData("""{"language":"python","code":"x","Language":"c"}""", "Language")]
    [InlineData("""{"language":"python; rm -rf /","code":"x"}""", "language")]
    [InlineData("""{"language":"--help","code":"x"}""", "language")]
    [InlineData("""{"language":"","code":"x"}""", "language")]
    [InlineData("""{"language":"python","version":"2.7","code":"x"}""", "version")]
    [InlineData("""{"language":"python","version":"../3","code":"x"}""", "version")]
    [InlineData("""{"language":"python","code":"x","network":"NONE"}""", "network")]
    [InlineData("""{"language":"python","code":"x","network":"host"}""", "network")]
    [InlineData("""{"language":"python","code":"x","priority":"urgent"}""", "priority")]
    [InlineData("""{"language":"python","code":"x","provider":"../cells"}""", "provider")]
    [InlineData("""{"language":"python","code":"x","labels":{"a":1}}""", "labels.a")]
    [InlineData("""{"language":"python","code":"x","artifacts":["../*"]}""", "artifacts[0]")]
    [InlineData("""{"language":"python","code":"x","artifacts":["/etc/passwd"]}""", "artifacts[0]")]
    [InlineData("""{"language":"python"}""", "code")]
    public async Task Submit_AMemberThatCanNotBe_Is400AndNamesIt(string body, string field)
        => (await Host.PostAsync("/api/executions", body)).IsProblem(400, "invalid-request").HasError(field);

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("..\\a")]
    [InlineData("a\\b")]
    [InlineData("C:/a")]
    [InlineData("c:a")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("\u001b[31m")]
    [InlineData("a\u007f")]
    [InlineData("con")]
    [InlineData("dir/NUL.txt")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Submit_APathThatCouldLeadElsewhere_Is400(string path)
    {
        string json = System.Text.Json.JsonSerializer.Serialize(path);

        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{"path":{{json}},"content":""}]}""")).IsProblem(400, "invalid-request").HasError("files[0].path");
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","entry":{{json}}}""")).IsProblem(400, "invalid-request").HasError("entry");
    }

    [Fact]
    public async Task Submit_NamesAreBounded()
    {
        string name = new('n', 256);
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{"path":"{{name}}","content":""}]}""")).IsProblem(400, "invalid-request").HasError("files[0].path");
        string files = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"path":"f{{i}}","content":""}"""));
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{{files}}]}""")).IsProblem(400, "invalid-request").HasError("files");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application")]
    [InlineData(null)]
    public async Task Post_AnotherContentType_Is415(string? type)
    {
        foreach (string path in new[] { "/api/executions", "/api/keys", "/execute", "/api/v2/execute" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent("{}"u8.ToArray()) };
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using HttpResponseMessage response = await Host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("nonsense")]
    public async Task Post_EncodedBody_Is415(string encoding)
    {
        using ByteArrayContent content = new([0x1f, 0x8b, 8, 0]);
        content.Headers.ContentType = new("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using HttpResponseMessage response = await Host.Http.PostAsync("/api/executions", content);

        (await Answer.ReadAsync(response)).IsProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413AlsoChunked()
    {
        byte[] large = [.. "{\"language\":\"python\",\"code\":\""u8, .. Enumerable.Repeat((byte)'x', MaxBody), .. "\"}"u8];
        foreach (bool chunked in new[] { false, true })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/executions") { Content = new ByteArrayContent(large) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TransferEncodingChunked = chunked;
            using HttpResponseMessage response = await Host.Http.SendAsync(request);
            (await Answer.ReadAsync(response)).IsProblem(413, "body-too-large");
        }
    }

    [Fact]
    public async Task Post_ChunksWithoutEnd_Are413WithinTheLimit()
    {
        long sent = 0;
        string answer = await RawHttp.SendAsync(
            Host,
            """
            POST /api/executions HTTP/1.1
            Host: localhost
            Content-Type: application/json
            Transfer-Encoding: chunked


            """,
            async stream =>
            {
                byte[] chunk = [.. "4000\r\n"u8, .. Enumerable.Repeat((byte)' ', 0x4000), .. "\r\n"u8];
                while (sent < 64 * MaxBody)
                {
                    await stream.WriteAsync(chunk);
                    sent += 0x4000;
                }
            });

        Assert.True(RawHttp.StatusOf(answer) is 413 or 0, answer);
        Assert.True(sent < 64 * MaxBody, "The server read on for ever.");
    }

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

    [Fact]
    public async Task Submit_ShellCharacters_AreTakenAsTheyAre()
    {
        string[] args = ["; rm -rf /", "$(id)", "`id`", "--help", "-x", "a\nb", "'\"", "*"];
        IReadOnlyList<string>? taken = null;
        Host.Executions.OnAccepted = (service, record, spec) =>
        {
            taken = spec.Args;
            return service.EchoAsync(record, spec);
        };

        await Host.PostAsync("/api/executions", System.Text.Json.JsonSerializer.Serialize(new { language = "python", code = "x", args }));

        Assert.Equal(args, taken);
    }

    private async Task<Answer> PostAsync(string path, byte[] body)
    {
        using ByteArrayContent content = new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await Host.Http.PostAsync(path, content);
        return await Answer.ReadAsync(response);
    }
}
