using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Specifications;

namespace CodeExec.Api.Tests.Suggestions;

public sealed class SuggestionEndpointsTests : IAsyncLifetime
{
    private const string Specification = """
        {"name": "Echo", "requirements": ["R1: echoes", {"id": "R2", "text": "takes numbers from 1 to 100"}, "R3: is pleasant"],
         "testCases": [{"id": "t1", "stdin": "5", "expected": "5", "requirementIds": ["R1"]}, {"id": "t2", "stdin": "77", "expected": "77", "hidden": true, "requirementIds": ["R1"]}]}
        """;

    private ApiHost _host = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _host = await SpecificationHost.StartAsync();
        _id = (await _host.PostAsync("/api/specifications", Specification, ApiHost.AdminKey)).Json.GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Suggest_Specification_UncoveredRequirementsComeFirstAndWhatIsOpenIsSaid()
    {
        JsonElement answer = (await SuggestAsync("{}")).Json;

        Assert.Equal(("rules", JsonValueKind.Null), (answer.GetProperty("suggester").GetString(), answer.GetProperty("degraded").ValueKind));
        Assert.Equal(["R2", "R3"], answer.GetProperty("uncovered").EnumerateArray().Select(one => one.GetString()));
        JsonElement[] tests = [.. answer.GetProperty("testCases").EnumerateArray()];
        Assert.Equal(["R2", "R3"], tests.Take(2).Select(one => one.GetProperty("requirementIds")[0].GetString()).Order());
        Assert.Contains(tests, one => one.GetProperty("stdin").GetString() == "100" && one.GetProperty("kind").GetString() == "boundary" && one.GetProperty("missing")[0].GetString() == "expected");
        Assert.Contains(tests, one => one.GetProperty("kind").GetString() == "open" && one.GetProperty("stdin").ValueKind == JsonValueKind.Null);
        Assert.Equal(0, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Suggest_ExpectedFromCode_RunsItOnceForAll()
    {
        JsonElement answer = (await SuggestAsync("""{"language": "python", "code": "print(input())", "expectedFrom": "code"}""")).Json;

        JsonElement boundary = answer.GetProperty("testCases").EnumerateArray().First(one => one.GetProperty("stdin").GetString() == "100");
        Assert.Equal(("100", "code"), (boundary.GetProperty("expected").GetString(), boundary.GetProperty("expectedFrom").GetString()));
        Assert.Empty(boundary.GetProperty("missing").EnumerateArray());
        Assert.Equal(1, _host.Executions.Accepted);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync($"/api/executions/{answer.GetProperty("executionId").GetString()}", ApiHost.SubmitterKey)).Status);
    }

    [Fact]
    public async Task Suggest_ExpectedFromImplementation_IsForAuthorsAndOnlyWhereOnePassed()
    {
        (await SuggestAsync("""{"expectedFrom": "implementation"}""", ApiHost.AdminKey)).IsProblem(400, "invalid-request").HasError("expectedFrom");
        await _host.PostAsync("/api/specifications", """{"name": "Other", "requirements": ["echoes"], "testCases": [{"stdin": "1", "expected": "1"}]}""", ApiHost.AdminKey);
        string id = (await _host.PostAsync("/api/specifications", """{"name": "All met", "requirements": ["R1: echoes 3..9"], "testCases": [{"stdin": "4", "expected": "4"}]}""", ApiHost.AdminKey)).Json.GetProperty("id").GetString()!;
        await _host.PostAsync($"/api/specifications/{id}/validate", """{"language": "python", "code": "print(input())"}""", ApiHost.SubmitterKey);

        JsonElement author = (await _host.PostAsync($"/api/specifications/{id}/suggested-tests", """{"expectedFrom": "implementation"}""", ApiHost.AdminKey)).Json;
        Answer student = await _host.PostAsync($"/api/specifications/{id}/suggested-tests", """{"expectedFrom": "implementation"}""", ApiHost.SubmitterKey);

        Assert.Equal("9", author.GetProperty("testCases").EnumerateArray().First(one => one.GetProperty("stdin").GetString() == "9").GetProperty("expected").GetString());
        student.IsProblem(400, "invalid-request").HasError("expectedFrom");
    }

    [Fact]
    public async Task Suggest_HiddenTests_AreOnlyKnownToAuthors()
    {
        // An author gets no double of a hidden test; to others its absence would tell of it.
        const string Body = """{"specificationId": "ID", "language": "python", "code": "if x > 76: pass", "count": 100}""";
        string body = Body.Replace("ID", _id, StringComparison.Ordinal);

        string author = (await _host.PostAsync("/api/specifications/suggested-tests", body, ApiHost.AdminKey)).Text, other = (await _host.PostAsync("/api/specifications/suggested-tests", body, ApiHost.SubmitterKey)).Text;

        Assert.DoesNotContain("\"stdin\":\"77\"", author, StringComparison.Ordinal);
        Assert.Contains("\"stdin\":\"77\"", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_SuggestionsAsTheyCame_MakeANewVersion()
    {
        JsonElement suggested = (await SuggestAsync("""{"language": "python", "code": "print(input())", "expectedFrom": "code", "requirementIds": ["R2"]}""")).Json.GetProperty("testCases");
        string chosen = string.Join(',', suggested.EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "boundary").Select(one => one.GetRawText()));

        Answer answer = await AcceptAsync($$"""{"testCases": [{{chosen}}], "version": 1}""");

        Assert.Equal((HttpStatusCode.OK, 2), (answer.Status, answer.Json.GetProperty("version").GetInt32()));
        JsonElement[] tests = [.. answer.Json.GetProperty("testCases").EnumerateArray()];
        Assert.Equal(["t1", "t2", "R2-at-1", "R2-at-100", "R2-at-0", "R2-at-101"], tests.Select(one => one.GetProperty("id").GetString()));
        Assert.Equal(("100", "100", "R2"), (tests[3].GetProperty("stdin").GetString(), tests[3].GetProperty("expected").GetString(), tests[3].GetProperty("requirementIds")[0].GetString()));
        Assert.Equal(["R3"], (await SuggestAsync("{}")).Json.GetProperty("uncovered").EnumerateArray().Select(one => one.GetString()));
        (await AcceptAsync($$"""{"testCases": [{{chosen}}], "version": 1}""")).IsProblem(409, "version-conflict");
        (await AcceptAsync($$"""{"testCases": [{{chosen}}]}""")).IsProblem(400, "invalid-request"); // ids are taken
    }

    [Theory]
    [InlineData("""{"testCases": []}""", "testCases")]
    [InlineData("""{"testCases": [{"stdin": "1", "expected": null, "missing": ["expected"]}]}""", "testCases[0].expected")]
    [InlineData("""{"testCases": [{"expected": "1", "missing": ["stdin"]}]}""", "testCases[0].stdin")]
    [InlineData("""{"testCases": [{"stdin": "1", "requirementIds": ["R9"]}]}""", "testCases[0].requirementIds")]
    [InlineData("""{"testCases": [{"stdin": "1"}, {"stdin": "1", "points": -1}]}""", "testCases[1].points")]
    [InlineData("""{"testCases": [{"stdin": "1", "covers": [""]}]}""", "testCases[0].covers")]
    public async Task Accept_Mistakes_AreFoundByField(string body, string field)
    {
        (await AcceptAsync(body)).IsProblem(400, "invalid-request").HasError(field);
        Assert.Equal(1, (await _host.GetAsync($"/api/specifications/{_id}", ApiHost.ReaderKey)).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Accept_IsForAuthorsOfTheTenant()
    {
        (await _host.PostAsync($"/api/specifications/{_id}/suggested-tests/accept", """{"testCases": [{"stdin": "1"}]}""", ApiHost.SubmitterKey)).IsProblem(403, "forbidden");
        (await _host.PostAsync($"/api/specifications/{_id}/suggested-tests/accept", """{"testCases": [{"stdin": "1"}]}""", ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await SuggestAsync("{}", ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await SuggestAsync("{}", ApiHost.ReaderKey)).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("\"count\": 0", "count")]
    [InlineData("\"count\": 101", "count")]
    [InlineData("\"suggester\": \"oracle\"", "suggester")]
    [InlineData("\"requirementIds\": [\"R9\"]", "requirementIds[0]")]
    [InlineData("\"expectedFrom\": \"code\"", "expectedFrom")]
    [InlineData("\"language\": \"cobol\", \"code\": \"x\"", "language")]
    [InlineData("\"stdin\": \"x\"", "stdin")]
    public async Task Suggest_Mistakes_AreFoundByField(string member, string field)
        => (await SuggestAsync($$"""{{{member}}}""")).IsProblem(400, "invalid-request").HasError(field);

    [Fact]
    public async Task Suggest_WithoutASpecification_TakesWhatCame()
    {
        const string Body = """{"specifications": {"requirements": ["prints \"7\" for \"3 4\""], "testCases": []}}""";

        JsonElement test = (await _host.PostAsync("/api/specifications/suggested-tests", Body, ApiHost.SubmitterKey)).Json.GetProperty("testCases")[0];

        Assert.Equal(("3 4", "7", "specification", "R1"), (test.GetProperty("stdin").GetString(), test.GetProperty("expected").GetString(), test.GetProperty("expectedFrom").GetString(), test.GetProperty("requirementIds")[0].GetString()));
        (await _host.PostAsync("/api/specifications/suggested-tests", "{}", ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError("specifications");
    }

    [Fact]
    public async Task Suggest_Problem_TakesStatementAndTests()
    {
        const string Body = """{"id": "sum", "title": "A + B", "statement": "Add them. 1 ≤ a, b ≤ 10^9\n\nInput: 3 4\nOutput: 7", "tests": [{"stdin": "1 2", "expected": "3"}, {"stdin": "5 5", "expected": "10", "hidden": true}]}""";
        Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/problems", Body, ApiHost.AdminKey)).Status);

        JsonElement[] tests = [.. (await _host.PostAsync("/api/problems/sum/suggested-tests", "{}", ApiHost.SubmitterKey)).Json.GetProperty("testCases").EnumerateArray()];

        Assert.Contains(tests, one => one.GetProperty("stdin").GetString() == "1000000000 1000000000");
        Assert.DoesNotContain(tests, one => one.GetProperty("kind").GetString() == "negative"); // they may not be
        (await _host.PostAsync("/api/problems/none/suggested-tests", "{}", ApiHost.SubmitterKey)).IsProblem(404, "not-found");
    }

    private Task<Answer> SuggestAsync(string body, string key = ApiHost.SubmitterKey) => _host.PostAsync($"/api/specifications/{_id}/suggested-tests", body, key);

    private Task<Answer> AcceptAsync(string body) => _host.PostAsync($"/api/specifications/{_id}/suggested-tests/accept", body, ApiHost.AdminKey);
}
