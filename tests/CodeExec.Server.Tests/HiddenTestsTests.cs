using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>
/// What is hidden stays hidden: a canary stands in hidden inputs, expected outputs, names, files and in the checker, hostile programs do what they can
/// to bring it out, and every surface is searched with the keys of those who submit and read.
/// </summary>
public sealed class HiddenTestsTests : IAsyncLifetime
{
    private const string Canary = "c4n4ry-7f3e9b";
    private const string Admin = "admin-key-of-the-canary", Submitter = "submitter-key-of-canary", Reader = "reader-key-of-the-canary", Student = "student-key-of-the-canary";

    /// <summary>Prints its input everywhere, looks for more, and ends in one of several ways.</summary>
    private const string Spy = """
        import sys, os, glob
        data = sys.stdin.read()
        print(data); print(data, file=sys.stderr)
        for path in ['/proc/self/environ', '/proc/1/environ', '/proc/1/cmdline', '/proc/1/mem', '/proc/1/maps'] + glob.glob('/proc/*/environ') + glob.glob('/tmp/*') + glob.glob('**/*', recursive=True):
            try: print(open(path, errors='replace').read(100000))
            except Exception as e: print(e)
        os.makedirs('out', exist_ok=True)
        open('out/' + ''.join(c for c in data if c.isalnum())[:50], 'w').write(data)
        if 'raise' in data: raise Exception(data)
        if 'exit' in data: sys.exit(data)
        if 'argv' in data: os.execv('/bin/sh', [data, '-c', 'echo "$0"; exit 7'])
        """;

    private ServerProcess _server = null!;
    private string? _obstacle;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(null, [.. Key(0, Admin, "Admin"), .. Key(1, Submitter, "Submitter"), .. Key(2, Reader, "Reader"), .. Key(3, Student, "Student")]);
        _obstacle = _server.Report.FirstOrDefault(line => line.StartsWith("Nothing can run", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_server.Data, recursive: true);
    }

    [SkippableFact]
    public async Task Hidden_ProgramTellsAllItKnows_NothingOfItComesOut()
    {
        Skip.If(_obstacle is not null, _obstacle);
        string[] ends = ["raise", "exit", "argv", "plain"];
        object[] tests =
        [
            new { id = "sample", stdin = "seen", expected = "seen" },
            .. ends.Select(end => new
            {
                id = end,
                name = $"name {Canary}",
                stdin = $"{end} {Canary}",
                args = new[] { Canary },
                files = new[] { new { path = $"given-{Canary}", content = Canary } },
                expected = $"expected {Canary}",
                hidden = true,
            }),
            new { id = "spoken", stdin = Canary, expected = Canary, hidden = true, checker = new { type = "interactor", language = "python", code = $"import sys\nprint('{Canary}', flush=True)\nprint('{Canary}', sys.stdin.read(99), file=sys.stderr)\nsys.exit(1)" } },
            new { id = "checked", stdin = Canary, expected = Canary, hidden = true, checker = new { type = "program", language = "python", code = $"import sys\nprint('{Canary}', file=sys.stderr)\nsys.exit(1)" } },
        ];
        await SendAsync(Admin, HttpMethod.Post, "/api/problems", new { id = "spied", title = "Spied", tests });

        string id = JsonSerializer.Deserialize<JsonElement>(await SendAsync(Student, HttpMethod.Post, "/api/executions?wait=60", new { language = "python", code = Spy, problem = new { id = "spied" } })).Text("id");

        string shown = await SendAsync(Admin, HttpMethod.Get, $"/api/executions/{id}");
        Assert.Contains(Canary, shown, StringComparison.Ordinal); // it was there to be found: its author sees it
        Assert.Equal(7, JsonSerializer.Deserialize<JsonElement>(shown).At("tests").GetArrayLength());

        foreach (string key in new[] { Submitter, Reader, Student })
        {
            Dictionary<string, string> surfaces = new()
            {
                ["hub"] = await FollowHubAsync(key, id),
            };
            foreach (string path in Paths(id))
            {
                surfaces[path] = await SendAsync(key, HttpMethod.Get, path);
            }

            foreach ((string surface, string content) in surfaces)
            {
                Assert.False(content.Contains(Canary, StringComparison.OrdinalIgnoreCase), $"{surface} shows the canary to {key}: {content}");
                Assert.False(content.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..12], StringComparison.Ordinal), $"{surface} shows the canary in base64");
            }

            Assert.Contains("\"verdict\"", surfaces[$"/api/executions/{id}"], StringComparison.Ordinal);
            Assert.Contains("event: result", surfaces[$"/api/executions/{id}/events"], StringComparison.Ordinal);
            Assert.Contains("\"result\"", surfaces["hub"], StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Hidden_WithANetwork_IsRefused()
    {
        Skip.If(_obstacle is not null, _obstacle);
        string answer = await SendAsync(
            Submitter,
            HttpMethod.Post,
            "/api/executions",
            new { language = "python", code = "1", network = "full", tests = new[] { new { stdin = "a", expected = "b", hidden = true } } },
            HttpStatusCode.BadRequest);

        Assert.Contains("\"network\"", answer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task JudgeMessage_OfATestThatIsNotHidden_IsForAdminsAlone()
    {
        Skip.If(_obstacle is not null, _obstacle);
        const string Checker = "import sys\nout = sys.argv[3]\nopen(out + 'judgemessage.txt', 'w').write('" + Canary + "')\nopen(out + 'teammessage.txt', 'w').write('nearly')\nopen(out + 'score.txt', 'w').write('2.5')\n"
            + "print('" + Canary + "', file=sys.stderr)\nsys.exit(42)";
        object[] tests = [new { id = "a", stdin = "1", expected = "1", points = 10 }, new { id = "b", stdin = "2", expected = "2", points = 5 }];
        await SendAsync(Admin, HttpMethod.Post, "/api/problems", new { id = "judged", title = "Judged", tests, checker = new { type = "program", language = "python", code = Checker, protocol = "icpc" } });

        string id = JsonSerializer.Deserialize<JsonElement>(await SendAsync(Submitter, HttpMethod.Post, "/api/executions?wait=60", new { language = "python", code = "print(input())", problem = new { id = "judged" } })).Text("id");

        JsonElement whole = JsonSerializer.Deserialize<JsonElement>(await SendAsync(Admin, HttpMethod.Get, $"/api/executions/{id}"));
        Assert.Equal((Canary, "nearly", 5m), (whole.At("tests")[1].Text("judgeMessage"), whole.At("tests")[1].Text("message"), whole.At("score").GetDecimal()));
        foreach (string path in Paths(id))
        {
            Assert.DoesNotContain(Canary, await SendAsync(Submitter, HttpMethod.Get, path), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("nearly", await SendAsync(Submitter, HttpMethod.Get, $"/api/executions/{id}"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Authors_GeneratorsValidatorsAndSolutions_AreForAdminsAlone()
    {
        Skip.If(_obstacle is not null, _obstacle);
        object problem = new
        {
            id = "spied",
            title = "Spied",
            validators = new[] { new { name = Canary, language = "python", code = $"import sys  # {Canary}\nprint('{Canary}', file=sys.stderr)\nsys.exit('seen' in sys.stdin.read())" } },
            generators = new[] { new { name = "gen", language = "python", code = $"print('{Canary}')" } },
            solutions = new object[] { new { name = Canary, language = "python", code = $"# {Canary}\nprint('{Canary}')", main = true }, new { name = "bad", language = "python", code = $"{Canary} = =", expect = "rejected" } },
            tests = new object[] { new { id = "sample", stdin = "a sample", expected = Canary.ToUpperInvariant(), checker = "caseInsensitive" }, new { id = "plain", generate = new { generator = "gen", args = new[] { Canary } }, hidden = true } },
        };
        string saved = await SendAsync(Admin, HttpMethod.Post, "/api/problems?wait=60", problem);
        Assert.Contains("\"state\":\"ready\"", saved, StringComparison.Ordinal);
        Assert.Contains(Canary, await SendAsync(Admin, HttpMethod.Get, "/api/problems/spied/check"), StringComparison.Ordinal);
        await SendAsync(Admin, HttpMethod.Put, "/api/problems/spied?wait=60", new { title = "Broken", generators = new[] { new { name = "gen", language = "python", code = $"raise Exception('{Canary}')" } }, tests = new object[] { new { generate = new { generator = "gen" }, expected = "1", hidden = true } } });

        foreach (string key in new[] { Submitter, Reader })
        {
            foreach (string path in Paths(Guid.NewGuid().ToString("n")).Append("/api/problems/spied?version=2").Append("/api/executions?limit=100"))
            {
                string shown = (await SendAsync(key, HttpMethod.Get, path)).Replace(Canary.ToUpperInvariant(), "", StringComparison.Ordinal);
                Assert.False(shown.Contains(Canary, StringComparison.OrdinalIgnoreCase), $"{path} shows the canary to {key}: {shown}");
            }

            await SendAsync(key, HttpMethod.Get, "/api/problems/spied/check", expected: HttpStatusCode.Forbidden);
            await SendAsync(key, HttpMethod.Post, "/api/problems/spied/check", expected: HttpStatusCode.Forbidden);
            Assert.Contains("\"version\":1,\"title\":\"Spied\"", await SendAsync(key, HttpMethod.Get, "/api/problems/spied"), StringComparison.Ordinal);
            Assert.Contains("\"items\":[]", await SendAsync(key, HttpMethod.Get, "/api/executions"), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Paths(string id) =>
    [
        $"/api/executions/{id}",
        "/api/executions",
        "/api/executions/history",
        "/api/executions/metrics",
        $"/api/executions/{id}/logs?limit=1000",
        $"/api/executions/{id}/logs/stats",
        $"/api/executions/{id}/logs/stream",
        $"/api/executions/{id}/events",
        $"/api/executions/{id}/output/run/stdout",
        $"/api/executions/{id}/artifacts/out/{Canary.Replace("-", "", StringComparison.Ordinal)}",
        $"/api/executions/{id}/artifacts/grading/results",
        "/api/problems",
        "/api/problems/spied/submissions",
        "/api/problems/spied/attempts",
        "/api/problems/spied",
        "/api/problems/spied?version=1",
        "/api/problems/spied/versions",
        "/api/problems/spied/data?test=plain&part=stdin",
        "/api/problems/spied/data?test=plain&part=expected",
        "/stats",
        "/health",
        "/metrics",
    ];

    private async Task<string> SendAsync(string key, HttpMethod method, string path, object? body = null, HttpStatusCode? expected = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await _server.Http.SendAsync(request);
        string content = await response.Content.ReadAsStringAsync();
        Assert.True(
            expected is { } wanted ? wanted == response.StatusCode : method == HttpMethod.Get ? (int)response.StatusCode < 500 : response.IsSuccessStatusCode,
            $"{method} {path}: {response.StatusCode} {content}");
        return content;
    }

    private async Task<string> FollowHubAsync(string key, string id)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{_server.Address.Authority}/hubs/executions?access_token={key}"), CancellationToken.None);
        await SayAsync(socket, """{"protocol":"json","version":1}""");
        await SayAsync(socket, $$"""{"type":1,"invocationId":"1","target":"subscribe","arguments":["{{id}}"]}""");
        StringBuilder heard = new();
        byte[] buffer = new byte[64 * 1024];
        while (!heard.ToString().Contains("\"target\":\"result\"", StringComparison.Ordinal))
        {
            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            heard.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }

        return heard.ToString();
    }

    private static Task SayAsync(ClientWebSocket socket, string message)
        => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static string[] Key(int index, string key, string role) => [$"--Auth:Keys:{index}:Name={role}", $"--Auth:Keys:{index}:Key={key}", $"--Auth:Keys:{index}:Role={role}"];
}
