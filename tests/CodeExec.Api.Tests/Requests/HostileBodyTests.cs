using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Bodies that are no JSON, two things at once, of another kind, or without an end.</summary>
[Collection(HostileInputServer.Name)]
public sealed class HostileBodyTests(HostileInputServer server)
{
    private ApiHost Host => server.Host;

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
        byte[] large = [.. "{\"language\":\"python\",\"code\":\""u8, .. Enumerable.Repeat((byte)'x', HostileInputServer.MaxBody), .. "\"}"u8];
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
                while (sent < 64 * HostileInputServer.MaxBody)
                {
                    await stream.WriteAsync(chunk);
                    sent += 0x4000;
                }
            });

        Assert.True(RawHttp.StatusOf(answer) is 413 or 0, answer);
        Assert.True(sent < 64 * HostileInputServer.MaxBody, "The server read on for ever.");
    }

    private async Task<Answer> PostAsync(string path, byte[] body)
    {
        using ByteArrayContent content = new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await Host.Http.PostAsync(path, content);
        return await Answer.ReadAsync(response);
    }
}
