using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Specifications;

public sealed class SpecificationEndpointsTests : IAsyncLifetime
{
    private const string Content = """
        "requirements": ["R1: echoes", {"id": "R2", "text": "doubles", "priority": "could"}],
        "acceptanceCriteria": [{"id": "R1.1", "requirementId": "R1", "text": "\"a\" gives \"a\""}, {"id": "R2.1", "requirementId": "R2", "text": "\"a\" gives \"aa\""}],
        "validationRules": [{"type": "maxLines", "max": 3, "requirementIds": ["R1"]}],
        "testCases": [{"id": "t1", "stdin": "a", "expected": "a", "requirementIds": ["R1.1"], "checker": "tokens"},
                      {"id": "t2", "stdin": "canary-in", "expected": "canary-out", "hidden": true, "requirementIds": ["R2"]}]
        """;

    private const string Body = $$"""{"name": "Echo", "tasks": [{"id": "T-1", "title": "Echo", "requirementIds": ["R1"]}], {{Content}}}""";

    private const string Program = """{"language": "python", "code": "print(input())"}""";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await SpecificationHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Crud_Specification_HasVersionsAndRefusesOldOnes()
    {
        Answer made = await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        string url = made.Headers["Location"];

        Answer changed = await _host.SendAsync(HttpMethod.Put, url, Body.Replace("\"Echo\", \"tasks\"", "\"Echo 2\", \"version\": 1, \"tasks\"", StringComparison.Ordinal), ApiHost.AdminKey);
        Assert.Equal(("Echo 2", 2), (changed.Json.GetProperty("name").GetString(), changed.Json.GetProperty("version").GetInt32()));
        (await _host.SendAsync(HttpMethod.Put, url, Body.Replace("\"name\"", "\"version\": 1, \"name\"", StringComparison.Ordinal), ApiHost.AdminKey)).IsProblem(409, "version-conflict");
        Assert.Equal("T-1", (await _host.GetAsync("/api/tasks/T-1", ApiHost.ReaderKey)).Json.GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, url, null, ApiHost.AdminKey)).Status);
        (await _host.GetAsync(url, ApiHost.AdminKey)).IsProblem(404, "not-found");
        (await _host.GetAsync("/api/tasks/T-1", ApiHost.ReaderKey)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Create_SameKey_OneSpecification()
    {
        (string, string) key = ("Idempotency-Key", "k1");
        Answer[] answers = [await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey, key), await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey, key)];

        Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
        (await _host.PostAsync("/api/specifications", Body.Replace("Echo", "Other", StringComparison.Ordinal), ApiHost.AdminKey, key)).IsProblem(409, "idempotency-conflict");
        Assert.Single((await _host.GetAsync("/api/specifications", ApiHost.ReaderKey)).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"name": "", "requirements": ["R1: a", "R1: b"]}""", "name", "requirements")]
    [InlineData("""{"name": "x", "validationRules": [{"type": "maxLines"}, {"type": "x"}, {"type": "forbiddenPattern", "pattern": "("}]}""", "validationRules[0].max", "validationRules[1].type", "validationRules[2].pattern")]
    [InlineData("""{"name": "x", "requirements": ["a"], "testCases": [{"checker": "nope", "expected": "1", "requirementIds": ["R7"]}]}""", "testCases[0].checker.type", "testCases[0].requirementIds")]
    [InlineData("""{"name": "x", "tasks": [{"id": "a b", "title": "t", "requirementIds": ["R9"]}]}""", "tasks[0].id", "tasks[0].requirementIds")]
    [InlineData("""{"name": "x", "requirements": ["a", 7, {"text": 1}]}""", "requirements[1].text", "requirements[2].text")]
    [InlineData("""{"name": "x", "nonsense": 1}""", "nonsense")]
    public async Task Create_Mistakes_AreFoundByField(string body, params string[] fields)
    {
        Answer answer = (await _host.PostAsync("/api/specifications", body, ApiHost.AdminKey)).IsProblem(400, "invalid-request");

        Assert.All(fields, field => answer.HasError(field));
    }

    [Fact]
    public async Task Create_TaskOfAnotherSpecification_IsRefused()
    {
        await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey);

        (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).IsProblem(400, "invalid-request").HasError("tasks[0].id");
    }

    [Fact]
    public async Task Roles_AndTenants_AreKept()
    {
        (await _host.PostAsync("/api/specifications", Body, ApiHost.SubmitterKey)).IsProblem(403, "forbidden");
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];
        (await _host.PostAsync(url + "/validate", Program, ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        (await _host.GetAsync(url, ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await _host.PostAsync(url + "/validate", Program, ApiHost.OtherKey)).IsProblem(404, "not-found");
        string run = (await _host.PostAsync(url + "/validate", Program, ApiHost.SubmitterKey)).Headers["Location"];

        (await _host.GetAsync(run, ApiHost.OtherKey)).IsProblem(404, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(run, ApiHost.ReaderKey)).Status);
    }

    [Fact]
    public async Task Validate_HiddenTest_ItsDataIsForAdminsOnly()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];
        Answer run = await _host.PostAsync(url + "/validate", Program, ApiHost.SubmitterKey);
        string id = run.Json.GetProperty("id").GetString()!;
        string[] paths = [url, $"/api/validations/{id}", $"/api/validations/{id}/report?format=html", url + "/compliance-report", url + "/implementations", url + "/validations", url + "/test-skeletons"];

        Assert.Equal(HttpStatusCode.OK, run.Status);
        Assert.DoesNotContain("canary", run.Text, StringComparison.Ordinal);
        foreach (string path in paths)
        {
            Answer seen = await _host.GetAsync(path, ApiHost.SubmitterKey);
            Assert.Equal(HttpStatusCode.OK, seen.Status);
            Assert.DoesNotContain("canary", seen.Text, StringComparison.Ordinal);
        }

        Assert.Contains("canary", (await _host.GetAsync(url, ApiHost.AdminKey)).Text, StringComparison.Ordinal);
        Assert.Contains("canary", (await _host.GetAsync($"/api/validations/{id}", ApiHost.AdminKey)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Run_TracesAndScores()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];

        JsonElement run = (await _host.PostAsync(url + "/validate", Program, ApiHost.SubmitterKey)).Json;

        Assert.Equal(("completed", "partial", 75), (run.GetProperty("status").GetString(), run.GetProperty("result").GetString(), run.GetProperty("score").GetDouble()));
        Assert.Equal(["met", "failed"], run.GetProperty("requirements").EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        Assert.Equal(["t1"], run.GetProperty("requirements")[0].GetProperty("tests").EnumerateArray().Select(one => one.GetString()));
        JsonElement metrics = (await _host.GetAsync("/api/specifications/metrics?period=week", ApiHost.ReaderKey)).Json;
        Assert.Equal((1, 50), (metrics.GetProperty("completed").GetInt32(), metrics.GetProperty("requirementsCoverage").GetDouble()));
        Assert.Contains(metrics.GetProperty("commonFailures").EnumerateArray(), one => one.GetProperty("id").GetString() == "R2");
        Assert.Single(metrics.GetProperty("periods").EnumerateArray());
    }

    [Fact]
    public async Task ComplianceReport_PartCheckedLater_IsStillOnAllOfIt()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];
        string part = Program.Replace("}", ", \"requirementIds\": [\"R1\"]}", StringComparison.Ordinal);
        await _host.PostAsync(url + "/test-requirements", part, ApiHost.SubmitterKey);
        Assert.Equal(1, await TotalAsync());

        await _host.PostAsync(url + "/validate", Program, ApiHost.SubmitterKey);
        await _host.PostAsync(url + "/test-requirements", part, ApiHost.SubmitterKey);
        await _host.PostAsync("/api/tasks/T-1/verify", Program, ApiHost.SubmitterKey);
        Assert.Equal(2, await TotalAsync());

        async Task<int> TotalAsync()
            => (await _host.GetAsync(url + "/compliance-report", ApiHost.ReaderKey)).Json.GetProperty("requirementsCoverage").GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task Create_DesignAsJson_IsShownAsItWasSent()
    {
        string url = (await _host.PostAsync("/api/specifications", """{"name": "D", "requirements": ["R1: a"], "design": {"components": ["parser"]}}""", ApiHost.AdminKey)).Headers["Location"];
        JsonElement shown = (await _host.GetAsync(url, ApiHost.ReaderKey)).Json;
        Assert.Equal("parser", shown.GetProperty("design").GetProperty("components")[0].GetString());

        await _host.SendAsync(HttpMethod.Put, url, shown.GetRawText().Replace("{\"components\":[\"parser\"]}", "\"[see the wiki](x)\"", StringComparison.Ordinal), ApiHost.AdminKey);
        Assert.Equal("[see the wiki](x)", (await _host.GetAsync(url, ApiHost.ReaderKey)).Json.GetProperty("design").GetString());
    }

    [Fact]
    public async Task Validate_NamesThatOthersUse_AreTheSame()
    {
        const string Document = """
            "title": "Echo", "design": "…", "requirements": [{"id": "R1", "description": "echoes"}],
            "acceptanceCriteria": [{"id": "AC1", "requirementId": "R1", "description": "says the same"}],
            "testCases": [{"id": "t", "description": "same", "input": "a", "expectedOutput": "a", "requirementIds": ["AC1"]}]
            """;
        string body = $$"""{"language": "python", "code": "x", "specifications": { {{Document}} } }""";

        JsonElement run = (await _host.PostAsync("/api/specifications/validate-implementation", body, ApiHost.SubmitterKey)).Json;

        Assert.Equal(("passed", "echoes", "same"), (
            run.GetProperty("result").GetString(), run.GetProperty("requirements")[0].GetProperty("text").GetString(), run.GetProperty("testResults")[0].GetProperty("name").GetString()));
        (await _host.PostAsync("/api/specifications/validate-implementation", body.Replace("\"input\"", "\"stdin\": \"a\", \"input\"", StringComparison.Ordinal), ApiHost.SubmitterKey))
            .IsProblem(400, "invalid-request").HasError("specifications.testCases[0].input");
    }

    [Fact]
    public async Task Validate_SpecificationAsItWasShown_MayBeSentBack()
    {
        string shown = (await _host.GetAsync((await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"], ApiHost.AdminKey)).Text;

        Answer run = await _host.PostAsync("/api/specifications/validate-implementation", $$"""{"language": "python", "code": "x", "specifications": {{shown}}}""", ApiHost.SubmitterKey);
        Answer stored = await _host.SendAsync(HttpMethod.Put, $"/api/specifications/{JsonSerializer.Deserialize<JsonElement>(shown).GetProperty("id").GetString()}", shown, ApiHost.AdminKey);
        Assert.True(stored.Status == HttpStatusCode.OK, stored.Text);

        Assert.True(run.Status == HttpStatusCode.OK, run.Text);
        Assert.Equal(("partial", 2), (run.Json.GetProperty("result").GetString(), run.Json.GetProperty("testResults").GetArrayLength()));
    }

    [Fact]
    public async Task TestRequirements_SomeOnly_RunsTheirTests()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];

        JsonElement run = (await _host.PostAsync(url + "/test-requirements", Program.Replace("}", ", \"requirementIds\": [\"R1\"]}", StringComparison.Ordinal), ApiHost.SubmitterKey)).Json;

        Assert.Equal("passed", run.GetProperty("result").GetString());
        Assert.Equal("t1", Assert.Single(run.GetProperty("testResults").EnumerateArray()).GetProperty("id").GetString());
        (await _host.PostAsync(url + "/test-requirements", Program, ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("requirementIds");
        (await _host.PostAsync(url + "/test-requirements", Program.Replace("}", ", \"requirementIds\": [\"R9\"]}", StringComparison.Ordinal), ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("requirementIds[0]");
    }

    [Fact]
    public async Task Validate_SameKeyTwice_OneRun_AndBusyLeavesTheKeyFree()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"] + "/validate";
        InlineEngine engine = _host.Services.GetRequiredService<InlineEngine>();
        (string, string) key = ("Idempotency-Key", "k");
        engine.BusyFor = TimeSpan.FromSeconds(3);
        Assert.Equal("3", (await _host.PostAsync(url, Program, ApiHost.SubmitterKey, key)).IsProblem(429, "busy").Headers["Retry-After"]);
        engine.BusyFor = null;

        string[] ids = [.. new[] { await _host.PostAsync(url, Program, ApiHost.SubmitterKey, key), await _host.PostAsync(url, Program, ApiHost.SubmitterKey, key) }.Select(answer => answer.Json.GetProperty("id").GetString()!)];

        Assert.Single(ids.Distinct());
        Assert.Equal(1, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Validate_UnknownLanguage_IsRefusedBeforeAnythingIsStored()
    {
        string url = (await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey)).Headers["Location"];

        (await _host.PostAsync(url + "/validate", """{"language": "cobol", "code": "x"}""", ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("language");

        Assert.Empty((await _host.GetAsync(url + "/validations", ApiHost.ReaderKey)).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/specifications/validate-implementation")]
    [InlineData("/api/specifications/test-requirements")]
    public async Task Validate_ContentInTheRequest_NeedsNothingStored(string path)
    {
        Answer run = await _host.PostAsync(path, $$"""{"language": "python", "code": "x", "specifications": { {{Content}} } }""", ApiHost.SubmitterKey);

        Assert.Equal("partial", run.Json.GetProperty("result").GetString());
        (await _host.PostAsync(path, Program, ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("specifications");
    }

    [Fact]
    public async Task VerificationStatus_BeforeAndAfter_TellsHowItStands()
    {
        await _host.PostAsync("/api/specifications", Body, ApiHost.AdminKey);
        Assert.Equal("notVerified", (await _host.GetAsync("/api/tasks/T-1/verification-status", ApiHost.ReaderKey)).Json.GetProperty("status").GetString());

        Answer verified = await _host.PostAsync("/api/tasks/T-1/verify", Program, ApiHost.SubmitterKey);
        Answer tests = await _host.PostAsync("/api/tasks/T-1/run-tests", Program, ApiHost.SubmitterKey);

        Assert.Equal("passed", verified.Json.GetProperty("status").GetString());
        Assert.Equal((1, 1, 0), (tests.Json.GetProperty("total").GetInt32(), tests.Json.GetProperty("passed").GetInt32(), tests.Json.GetProperty("failed").GetInt32()));
        JsonElement status = (await _host.GetAsync("/api/tasks/T-1/verification-status", ApiHost.ReaderKey)).Json;
        Assert.True(status.GetProperty("verified").GetBoolean());
        Assert.Equal(2, status.GetProperty("history").GetArrayLength());
        (await _host.GetAsync("/api/tasks/T-9/verification-status", ApiHost.ReaderKey)).IsProblem(404, "not-found");
        (await _host.PostAsync("/api/tasks/T-9/verify", Program, ApiHost.SubmitterKey)).IsProblem(404, "not-found");
        (await _host.PostAsync("/api/tasks/T-1/verify", Program.Replace("{", "{\"taskId\": \"T-2\", ", StringComparison.Ordinal), ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("taskId");
    }
}
