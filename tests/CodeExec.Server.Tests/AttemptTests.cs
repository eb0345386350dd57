using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Attempts of students, on the real server: what counts, what does not, and what a refused one is told.</summary>
public sealed class AttemptTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Sum = "print(sum(map(int, input().split())))";

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Submit_TwoHundredAtOnce_AsManyAsAreLeftAreAccepted()
    {
        fixture.Require("python");
        string problem = await ProblemAsync(new { max = 5, per = "PT1H", total = 20 });

        (HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SubmitAsync(problem, "ann", Sum)));

        Assert.Equal((5, 195), (answers.Count(one => one.Status == HttpStatusCode.Accepted), answers.Count(one => one.Status == HttpStatusCode.TooManyRequests)));
        Assert.Equal([0, 1, 2, 3, 4], answers.Where(one => one.Status == HttpStatusCode.Accepted).Select(one => one.Body.At("attempts").At("left").GetInt32()).Order());
        (_, JsonElement refused, HttpResponseMessage answer) = answers.First(one => one.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("urn:codeexec:problem:too-many-attempts", refused.Text("type"));
        Assert.Equal((0, 5), (refused.At("attempts").At("left").GetInt32(), refused.At("attempts").At("used").GetInt32()));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 50, 60);
        Assert.Equal("0", Assert.Single(answer.Headers.GetValues("X-Attempts-Left")));
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(problem, "bob", Sum)).Status);
        Assert.Equal(5, (await GetAsync($"/api/problems/{problem}/attempts?student=ann")).At("used").GetInt32());
    }

    [SkippableFact]
    public async Task Submit_NewVersionsOfTheProblem_AreCountedAsOne()
    {
        fixture.Require("python");
        string problem = await ProblemAsync(new { max = 2 });
        await SubmitAsync(problem, "ann", Sum);
        await PutAsync(problem, new { max = 2 }, "7");
        await SubmitAsync(problem, "ann", Sum);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SubmitAsync(problem, "ann", Sum)).Status);
        (HttpStatusCode status, JsonElement refused, HttpResponseMessage answer) = await SendAsync(new { language = "python", code = Sum, student = "ann", problem = new { id = problem, version = 1 } });
        Assert.Equal((HttpStatusCode.TooManyRequests, JsonValueKind.Null, null), (status, refused.At("attempts").At("nextAt").ValueKind, answer.Headers.RetryAfter));

        await PostAsync($"/api/problems/{problem}/attempts", new { student = "ann", attempts = 1, reason = "was ill" });
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests], [(await SubmitAsync(problem, "ann", Sum)).Status, (await SubmitAsync(problem, "ann", Sum)).Status]);
    }

    [SkippableFact]
    public async Task Submit_WhatDoesNotCompileOrIsTheTeachers_DoesNotCount()
    {
        fixture.Require("c");
        string problem = await ProblemAsync(new { max = 1 });

        JsonElement broken = await Server.RunAsync(new { language = "c", code = "int main( {", student = "ann", problem = new { id = problem } });
        Assert.Equal(("compileError", 1), (broken.Text("verdict"), broken.At("attempts").At("left").GetInt32()));
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(new { language = "c", code = "int main(void) { return 0; }", problem = new { id = problem } })).Status); // nobody's: an admin's
        JsonElement attempts = await GetAsync($"/api/problems/{problem}/attempts?student=ann");
        Assert.Equal((0, "free"), (attempts.At("used").GetInt32(), attempts.At("attempts")[0].Text("state")));

        string strict = await ProblemAsync(new { max = 1, countsCompileErrors = true });
        JsonElement counted = await Server.RunAsync(new { language = "c", code = "int main( {", student = "ann", problem = new { id = strict } });
        Assert.Equal(0, counted.At("attempts").At("left").GetInt32());
    }

    [SkippableTheory]
    [InlineData(false, 0, "free")]
    [InlineData(true, 1, "counted")]
    public async Task Submit_IllFormedForItsChecker_CountsWhereTheRulesSaySo(bool counts, int used, string state)
    {
        fixture.Require("python");
        string problem = counts ? "form-counts" : "form-free";
        await PostAsync("/api/problems", new
        {
            id = problem,
            title = "A number",
            attempts = new { max = 1, countsFormatErrors = counts },
            checker = new { type = "program", language = "python", code = "import sys\nprint('print a number', file=sys.stderr)\nsys.exit(0 if open(sys.argv[2]).read().strip().isdigit() else 2)" },
            tests = new[] { new { stdin = "", expected = "" } },
        });

        JsonElement graded = await Server.RunAsync(new { language = "python", code = "print('x')", student = "ann", problem = new { id = problem } });

        Assert.Equal(("presentationError", 1 - used), (graded.Text("verdict"), graded.At("attempts").At("left").GetInt32()));
        JsonElement attempts = await GetAsync($"/api/problems/{problem}/attempts?student=ann");
        Assert.Equal((used, state), (attempts.At("used").GetInt32(), attempts.At("attempts")[0].Text("state")));
    }

    [SkippableFact]
    public async Task Submit_SamplesBatchAndRerunOfATeacher_DoNotCount()
    {
        fixture.Require("python");
        string problem = await ProblemAsync(new { max = 1, countsSamples = false });

        JsonElement samples = await Server.RunAsync(new { language = "python", code = Sum, student = "ann", samples = true, problem = new { id = problem } });
        await PostAsync("/api/batches", new { problem = new { id = problem }, submissions = new[] { new { language = "python", code = Sum, student = "ann" } } });
        await PostAsync($"/api/executions/{samples.Text("id")}/rerun", null);
        Assert.Equal(0, (await GetAsync($"/api/problems/{problem}/attempts?student=ann")).At("used").GetInt32());

        JsonElement counted = await Server.RunAsync(new { language = "python", code = Sum, student = "ann", problem = new { id = problem } });
        Assert.Equal(0, counted.At("attempts").At("left").GetInt32());
        JsonElement again = await PostAsync($"/api/executions/{counted.Text("id")}/rerun", null);
        Assert.Equal("ann", again.Text("student"));
        Assert.Equal(1, (await GetAsync($"/api/problems/{problem}/attempts?student=ann")).At("used").GetInt32());
    }

    [SkippableFact]
    public async Task Challenge_ThatCountsAttempts_RefusesInTheSameWords()
    {
        fixture.Require("python");
        JsonElement challenge = await PostAsync("/api/challenges", new { title = "Sum", attempts = new { max = 1 }, testCases = new[] { new { stdin = "1 2", expected = "3" } } });
        string path = $"/api/challenges/{challenge.Text("id")}/submissions";

        JsonElement first = await PostAsync(path, new { language = "python", code = Sum, student = "ann" });
        Assert.Equal(("ann", 0, "passed"), (first.Text("student"), first.At("attempts").At("left").GetInt32(), first.Text("status")));
        using HttpResponseMessage second = await Server.Http.PostAsJsonAsync(path, new { language = "python", code = Sum, student = "ann" });
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        JsonElement attempts = await GetAsync($"/api/challenges/{challenge.Text("id")}/attempts?student=ann");
        Assert.Equal((first.Text("id"), "counted"), (attempts.At("attempts")[0].Text("submissionId"), attempts.At("attempts")[0].Text("state")));
    }

    [SkippableFact]
    public async Task Submit_ServerIsKilledInTheMiddle_NoneIsLostOrCountedTwice()
    {
        fixture.Require("python");
        const int Most = 60;
        string data = ServerProcess.NewDataFolder(), problem = "killed";
        await using (ServerProcess first = await ServerProcess.StartAsync(data))
        {
            await PutAsync(first.Http, problem, new { max = Most }, "3");
            Task[] submitting = [.. Enumerable.Range(0, 8).Select(worker => KeepSubmittingAsync(first.Http, problem, $"first-{worker}"))];
            while ((await GetAsync(first.Http, $"/api/problems/{problem}/attempts?student=ann")).At("used").GetInt32() < Most / 3)
            {
                await Task.Yield();
            }

            await first.KillAsync();
            await Task.WhenAll(submitting);
        }

        await using (ServerProcess second = await ServerProcess.StartAsync(data))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => KeepSubmittingAsync(second.Http, problem, $"second-{worker}")));
            JsonElement attempts = await GetAsync(second.Http, $"/api/problems/{problem}/attempts?student=ann");
            JsonElement executions = await GetAsync(second.Http, "/api/executions?limit=200");

            Assert.Equal((Most, 0), (attempts.At("used").GetInt32(), attempts.At("left").GetInt32()));
            Assert.Equal(
                executions.At("items").EnumerateArray().Select(one => one.Text("id")).Order(),
                attempts.At("attempts").EnumerateArray().Select(one => one.Text("executionId")).Order());
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task KeepSubmittingAsync(HttpClient http, string problem, string keys)
    {
        for (int i = 0; ; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/executions") { Content = JsonContent.Create(new { language = "python", code = Sum, student = "ann", problem = new { id = problem } }) };
            request.Headers.Add("Idempotency-Key", $"{keys}-{i}");
            try
            {
                using HttpResponseMessage answer = await http.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.Accepted)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }

    private async Task<string> ProblemAsync(object attempts)
    {
        string id = $"p{Guid.NewGuid():n}";
        await PutAsync(id, attempts, "3");
        return id;
    }

    private Task PutAsync(string id, object attempts, string expected) => PutAsync(Server.Http, id, attempts, expected);

    private static async Task PutAsync(HttpClient http, string id, object attempts, string expected)
    {
        using HttpResponseMessage response = await http.PutAsJsonAsync($"/api/problems/{id}", new { title = "Sum", attempts, tests = new[] { new { stdin = "1 2", expected } } });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)> SubmitAsync(string problem, string student, string code)
        => SendAsync(new { language = "python", code, student, problem = new { id = problem } });

    private async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Answer)> SendAsync(object submission)
    {
        HttpResponseMessage answer = await Server.Http.PostAsJsonAsync("/api/executions", submission);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(), answer);
    }

    private Task<JsonElement> GetAsync(string path) => GetAsync(Server.Http, path);

    private static Task<JsonElement> GetAsync(HttpClient http, string path) => http.GetFromJsonAsync<JsonElement>(path);

    private async Task<JsonElement> PostAsync(string path, object? body)
    {
        using HttpResponseMessage response = body is null ? await Server.Http.PostAsync(path, null) : await Server.Http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
