using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>From a specification to a compliance report, on the real server and in real cells.</summary>
public sealed class SpecificationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Calculator = "import sys\ndef add(a, b):\n    return a + b\ndef mul(a, b):\n    return a * b\nop, a, b = input().split()\nprint(add(int(a), int(b)) if op == 'add' else mul(int(a), int(b)))\n";

    private static readonly object Content = new
    {
        name = "Calculator",
        requirements = new object[]
        {
            "R1: adds two numbers",
            new { id = "R2", text = "multiplies two numbers", priority = "should", acceptanceCriteria = new[] { new { given = "mul 3 4", then = "prints 12" } } },
            new { id = "R3", text = "divides", priority = "could" },
        },
        tasks = new[] { new { id = "calc-add", title = "Addition", requirementIds = new[] { "R1" } } },
        validationRules = new object[] { new { type = "forbiddenCall", text = "eval", requirementIds = new[] { "R1" } }, new { type = "requiredFunction", text = "add" } },
        testCases = new object[]
        {
            new { id = "t1", stdin = "add 1 2", expected = "3", requirementIds = new[] { "R1" }, covers = new[] { "add()" } },
            new { id = "t2", stdin = "mul 3 4", expected = "12", requirementIds = new[] { "R2.1", "R2" }, covers = new[] { "mul()" } },
            new { id = "t3", stdin = "mul 5 5", expected = "25", requirementIds = new[] { "R2" }, hidden = true, covers = new[] { "mul()" } },
        },
    };

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Validate_StoredSpecification_TracesRequirementsToVerdicts()
    {
        fixture.Require("python");
        string id = await CreateAsync("trace");

        JsonElement run = await PostAsync($"/api/specifications/{id}/validate", new { language = "python", code = Calculator.Replace("a * b", "a + b", StringComparison.Ordinal) });

        Assert.Equal("completed", run.Text("status"));
        Assert.Equal("partial", run.Text("result"));
        Assert.Equal("R1:met R2:failed R3:untested", string.Join(' ', run.At("requirements").EnumerateArray().Select(one => $"{one.Text("id")}:{one.Text("status")}")));
        Assert.Equal("accepted wrongAnswer wrongAnswer", string.Join(' ', run.At("testResults").EnumerateArray().Select(one => one.Text("verdict"))));
        Assert.Equal("[\"R2\",\"R3\"]", run.At("requirementsCoverage").At("missing").GetRawText());
        Assert.Equal(50, run.At("score").GetDouble()); // 3 of 3 + 2 + 1
        Assert.Contains(run.At("suggestions").EnumerateArray(), one => one.GetString()!.Contains("Nothing checks requirement R3", StringComparison.Ordinal));
        string page = await Server.Http.GetStringAsync($"/api/specifications/{id}/compliance-report?format=html");
        Assert.Contains("Compliance report", page, StringComparison.Ordinal);
        Assert.Contains("multiplies two numbers", page, StringComparison.Ordinal);
        JsonElement execution = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{run.Text("executionId")}");
        Assert.Equal(run.Text("id"), execution.At("labels").Text("validation"));
    }

    [SkippableFact]
    public async Task Validate_Incremental_RunsOnlyWhatTheChangeTouches()
    {
        fixture.Require("python");
        string id = await CreateAsync("incremental");
        JsonElement first = await PostAsync($"/api/specifications/{id}/validate", new { language = "python", code = Calculator });

        string changed = Calculator.Replace("return a + b", "return b + a  # the other way round", StringComparison.Ordinal);
        JsonElement second = await PostAsync($"/api/specifications/{id}/validate", new { language = "python", code = changed, incremental = true });

        Assert.Equal(first.Text("id"), second.Text("comparedWith"));
        JsonElement[] tests = [.. second.At("testResults").EnumerateArray()];
        Assert.Equal("t2 t3", string.Join(' ', tests.Where(one => one.At("reusedFrom").ValueKind == JsonValueKind.String).Select(one => one.Text("id"))));
        Assert.All(tests, one => Assert.Equal("accepted", one.Text("verdict")));
        JsonElement execution = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{second.Text("executionId")}");
        Assert.Equal(1, execution.At("grade").At("total").GetInt32());
    }

    [SkippableFact]
    public async Task Verify_TaskOfASpecification_AnswersAsTheSeedGivesIt()
    {
        fixture.Require("python");
        await CreateAsync("task");

        JsonElement verified = await PostAsync("/api/tasks/task-calc-add/verify", new { taskId = "task-calc-add", language = "python", code = Calculator });

        Assert.Equal("passed", verified.Text("status"));
        Assert.Equal((1, 1), (verified.At("requirementsCoverage").At("total").GetInt32(), verified.At("requirementsCoverage").At("covered").GetInt32()));
        Assert.Equal("t1", Assert.Single(verified.At("testResults").EnumerateArray()).Text("id"));
        JsonElement status = await Server.Http.GetFromJsonAsync<JsonElement>("/api/tasks/task-calc-add/verification-status");
        Assert.True(status.At("verified").GetBoolean());
        Assert.Equal(verified.Text("validationId"), status.Text("validationId"));
    }

    [SkippableFact]
    public async Task Verify_ContentInTheRequestAndCodeThatDoesNotCompile_SaysSo()
    {
        fixture.Require("cpp");

        JsonElement verified = await PostAsync("/api/tasks/nowhere/verify", new
        {
            language = "cpp",
            code = "int main() { return x; }",
            specifications = new { requirements = new[] { "prints 1" }, acceptanceCriteria = new[] { "1 is printed" }, testCases = new[] { new { expected = "1" } } },
        });

        Assert.Equal("failed", verified.Text("status"));
        Assert.Equal("compileError", Assert.Single(verified.At("testResults").EnumerateArray()).Text("verdict"));
        Assert.Contains("does not compile", verified.At("suggestions")[0].GetString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Submit_ToAChallenge_HasAllFieldsOfASubmission()
    {
        fixture.Require("python");
        JsonElement challenge = await PostAsync("/api/challenges", new
        {
            title = "Echo",
            description = "Prints what it reads.",
            specifications = new { requirements = new[] { "echoes" } },
            testCases = new[] { new { stdin = "a", expected = "a", requirementIds = new[] { "R1" } } },
            validationRules = new[] { new { type = "maxLines", max = 10 } },
        });

        JsonElement submission = await PostAsync($"/api/challenges/{challenge.Text("id")}/submissions", new { language = "python", code = "print(input())" });

        Assert.Equal(("passed", "a\n", "print(input())"), (submission.Text("status"), submission.Text("output"), submission.Text("code")));
        Assert.Equal("[\"R1\"]", submission.At("requirementsMet").GetRawText());
        Assert.True(submission.At("executionTime").GetInt64() > 0);
        Assert.True(submission.At("memoryUsage").GetInt64() > 0);
        JsonElement list = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/challenges/{challenge.Text("id")}/submissions");
        Assert.Equal(submission.Text("id"), Assert.Single(list.At("items").EnumerateArray()).Text("id"));
        JsonElement watched = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{submission.Text("executionId")}");
        Assert.Equal("accepted", watched.Text("verdict"));
    }

    [SkippableFact]
    public async Task Override_OfASolutionOfAChallenge_CountsUntilItIsTakenBack()
    {
        fixture.Require("python");
        JsonElement challenge = await PostAsync("/api/challenges", new { title = "Three", specifications = new { requirements = new[] { "prints 3" } }, testCases = new[] { new { expected = "3", requirementIds = new[] { "R1" } } } });
        string id = (await PostAsync($"/api/challenges/{challenge.Text("id")}/submissions", new { language = "python", code = "print('three')" })).Text("id");

        JsonElement given = await PostAsync($"/api/submissions/{id}/override", new { score = 62.5, reason = "in words" });
        using HttpResponseMessage tooMuch = await Server.Http.PostAsJsonAsync($"/api/submissions/{id}/override", new { score = 101, reason = "too much" });
        using HttpResponseMessage nobodys = await Server.Http.PostAsJsonAsync("/api/submissions/none/override", new { score = 1, reason = "nobody" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (tooMuch.StatusCode, nobodys.StatusCode));
        Assert.Equal((62.5, 0, "failed"), (given.At("score").GetDouble(), given.At("computedScore").GetDouble(), given.Text("status")));
        JsonElement listed = (await Server.Http.GetFromJsonAsync<JsonElement>($"/api/challenges/{challenge.Text("id")}/submissions")).At("items")[0];
        Assert.Equal((62.5, "in words"), (listed.At("score").GetDouble(), listed.At("overrides")[0].Text("reason")));
        JsonElement back = await PostAsync($"/api/submissions/{id}/override", new { score = (double?)null, reason = "not in words" });
        Assert.Equal((0, 2), (back.At("score").GetDouble(), back.At("overrides").GetArrayLength()));
    }

    [SkippableFact]
    public async Task Stop_RunInFlight_EndsItAndItsExecution()
    {
        fixture.Require("python");
        object order = new { language = "python", code = "import time\ntime.sleep(60)", limits = new { wallTimeMs = 60000 }, specifications = new { requirements = new[] { "sleeps" }, testCases = new[] { new { expected = "" } } } };
        using HttpResponseMessage accepted = await Server.Http.PostAsJsonAsync("/api/specifications/validate-implementation?wait=0", order);
        string id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).Text("id");

        using HttpResponseMessage stopped = await Server.Http.PostAsync($"/api/validations/{id}/stop", null);

        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        JsonElement ended = await UntilEndedAsync(Server, id);
        Assert.Equal("cancelled", ended.Text("status"));
        using HttpResponseMessage again = await Server.Http.PostAsync($"/api/validations/{id}/stop", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [SkippableFact]
    public async Task Kill_RunsInFlight_AllComeToTheirReport()
    {
        string data = ServerProcess.NewDataFolder();
        ServerProcess server = await ServerProcess.StartAsync(data);
        Skip.If(server.Report.Any(line => line.StartsWith("Nothing can run", StringComparison.Ordinal)), "no container can be made on this machine");
        object order = new
        {
            language = "python",
            code = "import time\ntime.sleep(0.4)\nprint(input())",
            specifications = new { requirements = new[] { "echoes" }, testCases = Enumerable.Range(0, 4).Select(i => new { stdin = $"{i}", expected = $"{i}" }) },
        };
        List<string> ids = [];
        for (int i = 0; i < 6; i++)
        {
            using HttpResponseMessage response = await server.Http.PostAsJsonAsync("/api/specifications/validate-implementation?wait=0", order);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            ids.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id"));
        }

        await server.KillAsync();
        await using ServerProcess again = await ServerProcess.StartAsync(data);

        foreach (string id in ids)
        {
            JsonElement run = await UntilEndedAsync(again, id);
            Assert.Equal("passed", run.Text("result"));
            Assert.Equal(4, run.At("testResults").GetArrayLength());
        }

        JsonElement executions = await again.Http.GetFromJsonAsync<JsonElement>("/api/executions?limit=200");
        Assert.Equal(ids.Count, executions.At("items").GetArrayLength()); // none was begun twice
    }

    private static async Task<JsonElement> UntilEndedAsync(ServerProcess server, string id)
    {
        for (int tries = 0; tries < 300; tries++)
        {
            JsonElement run = await server.Http.GetFromJsonAsync<JsonElement>($"/api/validations/{id}");
            if (run.Text("status") is "completed" or "failed" or "cancelled")
            {
                return run;
            }

            await Task.Delay(100);
        }

        throw new Xunit.Sdk.XunitException($"Validation {id} did not end.");
    }

    /// <param name="name">Parts the tests from one another: ids of tasks are for one specification.</param>
    private async Task<string> CreateAsync(string name)
    {
        string json = JsonSerializer.Serialize(Content).Replace("calc-add", $"{name}-calc-add", StringComparison.Ordinal);
        return (await PostAsync("/api/specifications", JsonSerializer.Deserialize<JsonElement>(json))).Text("id");
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await Server.Http.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
