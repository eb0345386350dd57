using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Specifications;

namespace CodeExec.Api.Tests.Reviews;

public sealed class ReviewEndpointsTests : IAsyncLifetime
{
    private const string Body = """
        {"language": "python", "code": "import os\nos.system(input())\n", "specifications": {"requirements": ["echoes"], "testCases": [{"id": "t", "stdin": "0", "expected": "1", "requirementIds": ["R1"]}]}, "execute": true}
        """;

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await SpecificationHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Review_WithExecution_HasTheShapeOfTheSeed()
    {
        Answer answer = await _host.PostAsync("/api/reviews", Body, ApiHost.SubmitterKey);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        JsonElement analysis = answer.Json.GetProperty("executionAnalysis");
        Assert.Equal(0, answer.Json.GetProperty("specificationCompliance").GetProperty("score").GetDouble());
        Assert.Equal("failed", answer.Json.GetProperty("specificationCompliance").GetProperty("details")[0].GetProperty("status").GetString());
        Assert.Equal(10, analysis.GetProperty("performance").GetProperty("totalWallMs").GetDouble());
        Assert.Equal("t", analysis.GetProperty("correctness").GetProperty("failures")[0].GetProperty("testId").GetString());
        Assert.Contains(analysis.GetProperty("edgeCases").EnumerateArray(), one => one.GetProperty("case").GetString() == "zero" && one.GetProperty("status").GetString() == "failing");
        Assert.Contains(answer.Json.GetProperty("suggestions").EnumerateArray(), one => one.GetProperty("rule").GetString() == "risky-call" && one.GetProperty("line").GetInt32() == 2);
        Assert.Equal(answer.Json.GetProperty("suggestions").GetRawText(), (await _host.GetAsync(answer.Headers["Location"], ApiHost.ReaderKey)).Json.GetProperty("suggestions").GetRawText());
        (await _host.GetAsync(answer.Headers["Location"], ApiHost.OtherKey)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Review_SameKeyTwice_OneReviewAndOneRun()
    {
        (string, string) key = ("Idempotency-Key", "k");
        string[] ids = [.. new[] { await _host.PostAsync("/api/reviews", Body, ApiHost.SubmitterKey, key), await _host.PostAsync("/api/reviews", Body, ApiHost.SubmitterKey, key) }.Select(one => one.Json.GetProperty("id").GetString()!)];

        Assert.Single(ids.Distinct());
        Assert.Equal(1, _host.Executions.Accepted);
        Assert.Single((await _host.GetAsync("/api/reviews", ApiHost.ReaderKey)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Review_ResultsInTheRequest_AreAnalysedWithoutRunning()
    {
        string body = Body.Replace("\"execute\": true", "\"executionResults\": {\"testResults\": [{\"id\": \"t\", \"verdict\": \"accepted\", \"requirementIds\": [\"R1\"], \"wallMs\": 5}]}", StringComparison.Ordinal);

        JsonElement review = (await _host.PostAsync("/api/reviews", body, ApiHost.SubmitterKey)).Json;

        Assert.Equal(100, review.GetProperty("specificationCompliance").GetProperty("score").GetDouble());
        Assert.Equal(0, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Review_ExecutionAsItWasShown_IsAnalysed()
    {
        JsonElement graded = (await _host.PostAsync("/api/executions", """{"language": "python", "code": "x", "tests": [{"stdin": "0", "expected": "0"}]}""", ApiHost.AdminKey)).Json;
        string shown = (await _host.GetAsync($"/api/executions/{graded.GetProperty("id").GetString()}", ApiHost.AdminKey)).Text;

        JsonElement review = (await _host.PostAsync("/api/reviews", $$"""{"language": "python", "code": "x", "executionResults": {{shown}}}""", ApiHost.SubmitterKey)).Json;

        Assert.Equal(("passed", 1), (review.GetProperty("executionAnalysis").GetProperty("correctness").GetProperty("status").GetString(), review.GetProperty("executionAnalysis").GetProperty("correctness").GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData("""{"exitCode": 0, "output": "3", "executionTime": 12, "memoryUsage": 1000}""", "passed")]
    [InlineData("""{"success": false, "status": "timeout", "exitCode": null, "executionTime": 12}""", "failed")]
    public async Task Review_OneRunWithoutTests_MeasuresAndProvesNothing(string results, string status)
    {
        string body = $$"""{"language": "python", "code": "x", "specifications": {"requirements": ["adds"]}, "executionResults": {{results}}}""";

        JsonElement review = (await _host.PostAsync("/api/reviews", body, ApiHost.SubmitterKey)).Json;

        Assert.Equal(12, review.GetProperty("executionAnalysis").GetProperty("performance").GetProperty("totalWallMs").GetDouble());
        Assert.Equal(status, review.GetProperty("executionAnalysis").GetProperty("correctness").GetProperty("status").GetString());
        Assert.Equal("untested", review.GetProperty("specificationCompliance").GetProperty("details")[0].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("\"reviewer\": \"oracle\"", "reviewer")]
    [InlineData("\"executionResults\": {\"validationId\": \"x\", \"executionId\": \"y\"}", "executionResults")]
    [InlineData("\"executionResults\": {\"validationId\": \"x\"}", "executionResults.validationId")]
    [InlineData("\"executionResults\": {\"testResults\": [{\"verdict\": \"good\"}]}", "executionResults.testResults[0].verdict")]
    [InlineData("\"specificationId\": \"x\"", "specificationId")]
    public async Task Review_Mistakes_AreFoundByField(string member, string field)
        => (await _host.PostAsync("/api/reviews", $$"""{"language": "python", "code": "x", {{member}}}""", ApiHost.SubmitterKey)).IsProblem(400, "invalid-request").HasError(field);
}
