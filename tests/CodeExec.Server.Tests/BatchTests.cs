using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Batches on the real server.</summary>
public sealed class BatchTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Batch_RightWrongSameAndBroken_EachComesToItsOwn()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        JsonElement batch = await PostAsync("/api/batches", new
        {
            name = "Homework <1>",
            problem = new { id = problem },
            submissions = new object[]
            {
                new { id = "ann", language = "python", code = "print(sum(map(int, input().split())))" },
                new { id = "=bob", language = "python", code = "print(5)" },
                new { id = "cat", language = "python", code = "print(sum(map(int, input().split())))" },
                new { id = "dan", language = "klingon", code = "x" },
            },
        });
        JsonElement ended = await EndAsync(batch.Text("id"));

        Assert.Equal("completed", ended.Text("state"));
        Assert.Equal((4, 4), (ended.At("progress").At("done").GetInt32(), ended.At("progress").At("total").GetInt32()));
        Assert.Equal((1, 1), (ended.At("reused").GetInt32(), ended.At("deadLetters").GetInt32()));
        Assert.Equal(2, ended.At("verdicts").At("accepted").GetInt32());

        JsonElement[] items = [.. (await GetAsync($"/api/batches/{batch.Text("id")}/results")).At("items").EnumerateArray()];
        Assert.Equal(["accepted", "wrongAnswer", "accepted", ""], items.Select(item => item.Text("verdict")));
        Assert.Equal(items[0].Text("execution"), items[2].Text("execution")); // graded once
        Assert.True(items[2].At("reused").GetBoolean());
        Assert.Contains("language", items[3].Text("reason"), StringComparison.Ordinal);

        string csv = await Server.Http.GetStringAsync($"/api/batches/{batch.Text("id")}/results?format=csv");
        Assert.Contains("\r\n1,'=bob,python,done,wrongAnswer,", csv, StringComparison.Ordinal);
        string html = await Server.Http.GetStringAsync($"/api/batches/{batch.Text("id")}/results?format=html");
        Assert.Contains("Homework &lt;1&gt;", html, StringComparison.Ordinal);
        string lines = await Server.Http.GetStringAsync($"/api/batches/{batch.Text("id")}/results?format=ndjson");
        Assert.Equal(4, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        await PostAsync($"/api/batches/{batch.Text("id")}/dead-letters/3/requeue", new { language = "python", code = "print(3)" });
        JsonElement mended = await EndAsync(batch.Text("id"));
        Assert.Equal((0, 3), (mended.At("deadLetters").GetInt32(), mended.At("verdicts").At("accepted").GetInt32()));
    }

    [SkippableFact]
    public async Task Override_OfASubmission_CountsEverywhereAndCanBeTakenBack()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        string id = (await PostAsync("/api/batches", new
        {
            problem = new { id = problem },
            submissions = new object[] { new { id = "ann", language = "python", code = "print(4 + 1)" }, new { id = "bob", language = "python", code = "print(4 + 1)" } },
        })).Text("id");
        await EndAsync(id);
        string results = $"/api/batches/{id}/results";

        JsonElement changed = await PostAsync($"{results}/1/override", new { score = 0.5, reason = "right, but for a sign" });
        using HttpResponseMessage nobody = await Server.Http.PostAsJsonAsync($"{results}/2/override", new { score = 1, reason = "nobody" });
        using HttpResponseMessage wrong = await Server.Http.PostAsJsonAsync($"{results}/1/override", new { score = -1 });
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (nobody.StatusCode, wrong.StatusCode));

        Assert.Equal((0.5m, 0m, "right, but for a sign"), (changed.At("score").GetDecimal(), changed.At("computedScore").GetDecimal(), changed.At("overrides")[0].Text("reason")));
        Assert.Equal(0.5m, (await GetAsync($"/api/batches/{id}")).At("score").GetDecimal());
        Assert.Equal([0m, 0.5m], (await GetAsync(results)).At("items").EnumerateArray().Select(item => item.At("score").GetDecimal()));
        Assert.Contains("by hand: right, but for a sign", await Server.Http.GetStringAsync($"{results}?format=html"), StringComparison.Ordinal);

        JsonElement back = await PostAsync($"{results}/1/override", new { score = (decimal?)null, reason = "wrong student" });
        Assert.Equal((0m, 2), (back.At("score").GetDecimal(), back.At("overrides").GetArrayLength()));
        Assert.Equal(0m, (await GetAsync($"/api/batches/{id}")).At("score").GetDecimal());
    }

    [SkippableFact]
    public async Task Override_ARegradeIsPublished_StaysAndIsSeenInEveryForm()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        string id = (await PostAsync("/api/batches", new
        {
            problem = new { id = problem },
            submissions = new object[] { new { id = "ann", language = "python", code = "print(4) # like nobody else", student = problem + "-ann" }, new { id = "bob", language = "python", code = "print(5) # nor like this" } },
        })).Text("id");
        await EndAsync(id);
        await PostAsync($"/api/batches/{id}/results/1/override", new { score = 0.5, reason = "nearly" });
        await ProblemAsync("4", problem);
        string regrade = (await PostAsync($"/api/batches/{id}/regrade", null)).Text("id");
        await EndAsync(regrade);

        JsonElement changes = await GetAsync($"/api/batches/{regrade}/changes");
        Assert.Equal("ann", Assert.Single(changes.At("changes").EnumerateArray()).Text("key")); // bob keeps what was given to him
        Assert.Equal("wrongAnswer", Assert.Single((await GetAsync($"/api/executions?student={problem}-ann")).At("items").EnumerateArray()).Text("verdict")); // ann sees nothing of it yet
        JsonElement published = await PostAsync($"/api/batches/{regrade}/publish", null);

        Assert.Equal((1.5m, 1), (published.At("score").GetDecimal(), published.At("verdicts").At("accepted").GetInt32()));
        JsonElement bob = (await GetAsync($"/api/batches/{id}/results")).At("items")[1];
        Assert.Equal((0.5m, 0m, "nearly"), (bob.At("score").GetDecimal(), bob.At("computedScore").GetDecimal(), bob.At("overrides")[0].Text("reason")));
        Assert.Contains("\r\n1,bob,python,done,wrongAnswer,0.5,1,", await Server.Http.GetStringAsync($"/api/batches/{id}/results?format=csv"), StringComparison.Ordinal);
        string page = await Server.Http.GetStringAsync($"/api/batches/{id}/results?format=html");
        Assert.Contains("by hand: nearly (computed 0)", page, StringComparison.Ordinal);
        Assert.Contains("75.0 % on average", page, StringComparison.Ordinal);

        await PostAsync($"/api/batches/{id}/results/1/override", new { score = 0.75, reason = "even nearer" });
        Assert.Equal(1.75m, (await GetAsync($"/api/batches/{id}")).At("score").GetDecimal());
        JsonElement back = await PostAsync($"/api/batches/{id}/rollback", null);
        Assert.Equal(0.75m, back.At("score").GetDecimal());
        Assert.Equal(["nearly", "even nearer"], (await GetAsync($"/api/batches/{id}/results")).At("items")[1].At("overrides").EnumerateArray().Select(one => one.Text("reason")));
    }

    [SkippableFact]
    public async Task Regrade_ByANewVersion_ShowsExactlyWhoChangesAndCanBePublishedAndTakenBack()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        string id = (await PostAsync("/api/batches", new
        {
            problem = new { id = problem },
            submissions = Enumerable.Range(0, 6).Select(i => new { id = $"s{i}", language = "python", code = $"print({(i % 2 == 0 ? 3 : 4)})#{i}" }).ToArray(),
        })).Text("id");
        await EndAsync(id);
        await ProblemAsync("4", problem);

        string regrade = (await PostAsync($"/api/batches/{id}/regrade", null)).Text("id");
        await EndAsync(regrade);
        JsonElement changes = await GetAsync($"/api/batches/{regrade}/changes");

        Assert.Equal((0, 3, 3), (changes.At("unchanged").GetInt32(), changes.At("better").GetInt32(), changes.At("worse").GetInt32()));
        Assert.Equal(["s0", "s1", "s2", "s3", "s4", "s5"], changes.At("changes").EnumerateArray().Select(change => change.Text("key")));
        Assert.Equal(("accepted", "wrongAnswer"), (changes.At("changes")[0].Text("verdictBefore"), changes.At("changes")[0].Text("verdictAfter")));

        await PostAsync($"/api/batches/{regrade}/publish", null);
        Assert.Equal("wrongAnswer", (await GetAsync($"/api/batches/{id}/results")).At("items")[0].Text("verdict"));
        await PostAsync($"/api/batches/{id}/rollback", null);
        Assert.Equal("accepted", (await GetAsync($"/api/batches/{id}/results")).At("items")[0].Text("verdict"));
    }

    [SkippableFact]
    public async Task Batch_AsLinesAndAsZip_IsTheSame()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        StringContent lines = new("{\"id\":\"a\",\"language\":\"python\",\"code\":\"print(3)\"}\n\n{\"language\":\"python\",\"code\":\"print(4)\"}", Encoding.UTF8, "application/x-ndjson");
        string byLines = await SendAsync($"/api/batches?problem={problem}&name=lines", lines);

        ByteArrayContent bytes = new(ZipOf.Files(("a/main.py", "import lib\nprint(lib.x)"), ("a/lib.py", "x = 3"), ("b.py", "print(4)")));
        bytes.Headers.ContentType = new("application/zip");
        string byZip = await SendAsync($"/api/batches?problem={problem}", bytes);
        foreach (string id in new[] { byLines, byZip })
        {
            await EndAsync(id);
            JsonElement[] items = [.. (await GetAsync($"/api/batches/{id}/results")).At("items").EnumerateArray()];
            Assert.Equal(["accepted", "wrongAnswer"], items.Select(item => item.Text("verdict")));
            Assert.Equal("a", items[0].Text("submission"));
        }
    }

    [SkippableFact]
    public async Task Batch_ZipWithSomeThatAreBroken_SetsThoseAsideAndGradesTheOthers()
    {
        fixture.Require("python");
        ByteArrayContent bytes = new(ZipOf.Files(
            ("all/batch.json", """{"name":"broken","checker":"tokens","tests":[{"stdin":"1 2","expected":"3"}]}"""),
            ("all/ann/main.py", "print(3)"),
            ("all/ann/.DS_Store", "x"),
            ("all/__MACOSX/ann", "x"),
            ("all/bob.txt", "I could not do it"),
            ("all/con.py", "print(3)"),
            ("all/Zoë \U0001F600\u202e.py", "print(4)"),
            ("../../evil.py", "print(3)")));
        bytes.Headers.ContentType = new("application/zip");
        string id = await SendAsync("/api/batches", bytes);
        JsonElement ended = await EndAsync(id);
        JsonElement[] items = [.. (await GetAsync($"/api/batches/{id}/results")).At("items").EnumerateArray()];

        Assert.Equal((3, "broken"), (ended.At("deadLetters").GetInt32(), ended.Text("name")));
        Assert.Equal(["Zoë \U0001F600?", "ann", "bob", "con", "evil"], items.Select(item => item.Text("submission")).Order(StringComparer.Ordinal));
        Assert.Equal(["wrongAnswer", "accepted", "", "", ""], items.OrderBy(item => item.Text("submission"), StringComparer.Ordinal).Select(item => item.Text("verdict")));
        Assert.All(items.Where(item => item.Text("state") == "dead"), item => Assert.NotEmpty(item.Text("reason")));
    }

    [SkippableFact]
    public async Task Batch_PausedAndResumedAndCancelled_DoesAsItIsTold()
    {
        fixture.Require("python");
        string problem = await ProblemAsync("3");
        string id = (await PostAsync("/api/batches", new
        {
            problem = new { id = problem },
            concurrency = 1,
            submissions = Enumerable.Range(0, 30).Select(i => new { language = "python", code = $"import time; time.sleep(0.2); print(3)#{i}" }).ToArray(),
        })).Text("id");
        await PostAsync($"/api/batches/{id}/pause", null);
        int before = -1, done;
        while ((done = (await GetAsync($"/api/batches/{id}")).At("progress").At("done").GetInt32()) != before)
        {
            before = done; // the one at work ends
            await Task.Delay(600);
        }

        Assert.Equal("paused", (await GetAsync($"/api/batches/{id}")).Text("state"));
        Assert.InRange(done, 0, 29);
        await PostAsync($"/api/batches/{id}/resume", null);
        while ((await GetAsync($"/api/batches/{id}")).At("progress").At("done").GetInt32() == done)
        {
            await Task.Delay(50);
        }

        await PostAsync($"/api/batches/{id}/cancel", null);
        JsonElement ended = await EndAsync(id);
        Assert.Equal("cancelled", ended.Text("state"));
        Assert.Equal(30, ended.At("progress").At("done").GetInt32());
        Assert.True(ended.At("cancelled").GetInt32() > 0);
        using HttpResponseMessage deleted = await Server.Http.DeleteAsync($"/api/batches/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using HttpResponseMessage gone = await Server.Http.GetAsync($"/api/batches/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [SkippableFact]
    public async Task Batch_ServerIsKilledInTheMiddle_EverySubmissionHasOneResult()
    {
        fixture.Require("python");
        ServerProcess first = await ServerProcess.StartAsync();
        string data = first.Data;
        string id;
        try
        {
            await PutProblemAsync(first.Http, "p", "3");
            id = (await PostAsync(first.Http, "/api/batches", new
            {
                problem = new { id = "p" },
                submissions = Enumerable.Range(0, 60).Select(i => new { id = $"s{i}", language = "python", code = $"print({(i % 3 == 0 ? 4 : 3)})#{i}" }).ToArray(),
            })).Text("id");
            while ((await GetAsync(first.Http, $"/api/batches/{id}")).At("progress").At("done").GetInt32() < 10)
            {
                await Task.Delay(10);
            }

            await first.KillAsync();
        }
        finally
        {
            first.Http.Dispose();
        }

        await using ServerProcess second = await ServerProcess.StartAsync(data);
        JsonElement ended = await EndAsync(second.Http, id);

        Assert.Equal(60, ended.At("progress").At("done").GetInt32());
        Assert.Equal((40, 20), (ended.At("verdicts").At("accepted").GetInt32(), ended.At("verdicts").At("wrongAnswer").GetInt32()));
        JsonElement executions = await GetAsync(second.Http, $"/api/executions?label=batch:{id}&limit=200");
        Assert.Equal(60, executions.At("items").GetArrayLength()); // none was run as two
    }

    private Task<string> ProblemAsync(string expected, string? id = null) => PutProblemAsync(Server.Http, id ?? $"p{Guid.NewGuid():n}", expected);

    private static async Task<string> PutProblemAsync(HttpClient http, string id, string expected)
    {
        using HttpResponseMessage response = await http.PutAsJsonAsync($"/api/problems/{id}", new { title = "Sum", tests = new[] { new { stdin = "1 2", expected } } });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return id;
    }

    private Task<JsonElement> EndAsync(string id) => EndAsync(Server.Http, id);

    /// <summary>Follows its events to the last.</summary>
    private static async Task<JsonElement> EndAsync(HttpClient http, string id)
    {
        using StreamReader events = new(await http.GetStreamAsync($"/api/batches/{id}/events"));
        bool result = false;
        while (await events.ReadLineAsync() is { } line)
        {
            result |= line == "event: result";
            if (result && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JsonElement>(line[6..]);
            }
        }

        throw new Xunit.Sdk.XunitException("The events ended without a result.");
    }

    private Task<JsonElement> GetAsync(string path) => GetAsync(Server.Http, path);

    private static async Task<JsonElement> GetAsync(HttpClient http, string path) => JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(path));

    private Task<JsonElement> PostAsync(string path, object? body) => PostAsync(Server.Http, path, body);

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object? body)
    {
        using HttpResponseMessage response = body is null ? await http.PostAsync(path, null) : await http.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<string> SendAsync(string path, HttpContent content)
    {
        using HttpResponseMessage response = await Server.Http.PostAsync(path, content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return JsonSerializer.Deserialize<JsonElement>(text).Text("id");
    }
}
