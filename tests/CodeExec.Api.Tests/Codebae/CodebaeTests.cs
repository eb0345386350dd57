using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Tests.Codebae;

public sealed class CodebaeTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Execute_ThatGoesWell_HasItsOutput()
    {
        Answer answer = await _host.PostAsync("/execute", """{"language":"cpp","code":"int main(){}","stdin":"in"}""", ApiHost.SubmitterKey);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["success", "output", "error", "exitCode", "executionTime", "language", "status", "memoryUsed", "timedOut", "truncated", "executionId"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        Assert.Equal("in", answer.Json.GetProperty("output").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("error").ValueKind);
        Assert.Equal(0, answer.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal(9, answer.Json.GetProperty("executionTime").GetInt32());
    }

    public static TheoryData<ExecutionOutcome, string, string> Ends() => new()
    {
        { new ExecutionOutcome.Exited(2), "", "The program ended with exit code 2." },
        { new ExecutionOutcome.Exited(2), "Traceback", "Traceback" },
        { new ExecutionOutcome.Signalled(11), "", "Ended by signal SIGSEGV" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime), "", "Time limit exceeded" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), "x", "Memory limit exceeded\nx" },
        { new ExecutionOutcome.Cancelled(), "", "The execution was stopped." },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Execute_ThatGoesWrong_SaysWhy(ExecutionOutcome outcome, string stderr, string error)
    {
        _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(record, "out", stderr, outcome);

        Answer answer = await _host.PostAsync("/execute", """{"language":"python","code":"x"}""", ApiHost.SubmitterKey);

        Assert.False(answer.Json.GetProperty("success").GetBoolean());
        Assert.Equal("out", answer.Json.GetProperty("output").GetString());
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
        Assert.Equal(outcome is ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.WallTime }, answer.Json.GetProperty("timedOut").GetBoolean());
    }

    [Fact]
    public async Task Execute_ThatDoesNotCompile_ShowsTheCompilersWords()
    {
        StepResult compile = new() { ExitCode = 1, Stdout = CapturedOutput.Empty, Stderr = new("error: no", null, 9, false) };
        _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.CompileFailed(1), compile);

        JsonElement answer = (await _host.PostAsync("/execute", """{"language":"cpp","code":"x"}""", ApiHost.SubmitterKey)).Json;

        Assert.Equal("error: no", answer.GetProperty("error").GetString());
        Assert.Equal(1, answer.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("""{"code":"x"}""", 400)]
    [InlineData("""{"language":"cobol","code":"x"}""", 400)]
    [InlineData("""{"language":"python"}""", 400)]
    [InlineData("""{"language":"python","code":"x","timeLimit":1}""", 400)]
    public async Task Execute_BadRequest_IsAProblemWithCodebaesMembers(string body, int status)
    {
        Answer answer = (await _host.PostAsync("/execute", body, ApiHost.SubmitterKey)).IsProblem(status, "invalid-request");

        Assert.False(answer.Json.GetProperty("success").GetBoolean());
        Assert.NotEmpty(answer.Json.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Execute_SentAgainWithItsIdempotencyKey_RunsOnce()
    {
        const string Body = """{"language":"python","code":"x"}""";
        Answer first = await _host.PostAsync("/execute", Body, ApiHost.SubmitterKey, ("Idempotency-Key", "k"));
        Answer again = await _host.PostAsync("/execute", Body, ApiHost.SubmitterKey, ("Idempotency-Key", "k"));

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(1, _host.Executions.Accepted);
        (await _host.PostAsync("/api/executions", Body, ApiHost.SubmitterKey, ("Idempotency-Key", "k"))).IsProblem(409, "idempotency-conflict");
    }

    [Fact]
    public async Task Execute_WithoutAKey_Is401WithCodebaesMembers()
        => Assert.False((await _host.PostAsync("/execute", "{}")).IsProblem(401, "unauthenticated").Json.GetProperty("success").GetBoolean());
}
