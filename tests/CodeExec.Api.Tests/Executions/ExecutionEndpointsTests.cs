using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Tests.Executions;

public sealed class ExecutionEndpointsTests : IAsyncLifetime
{
    private const string Hello = """{"language":"python","code":"print(input())","stdin":"hi\n"}""";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_WithoutWait_Answers202WithLocation()
    {
        Answer answer = await _host.PostAsync("/api/executions", Hello);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("/api/executions/" + answer.Json.GetProperty("id").GetString(), answer.Headers["Location"]);
        Assert.Equal("queued", answer.Json.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(answer.Headers["Location"])).Status);
    }

    [Fact]
    public async Task Post_WithWaitAndAnEnd_Answers200WithTheWholeShape()
    {
        Answer answer = await _host.PostAsync("/api/executions?wait=10", Hello);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        JsonElement execution = answer.Json;
        Assert.Equal("completed", execution.GetProperty("status").GetString());
        Assert.True(execution.GetProperty("success").GetBoolean());
        Assert.Equal("""{"kind":"exited","exitCode":0,"signal":null,"limit":null}""", execution.GetProperty("outcome").GetRawText());
        Assert.Equal("python", execution.GetProperty("language").GetString());
        Assert.Equal("3.11.2", execution.GetProperty("version").GetString());
        Assert.Equal("cells", execution.GetProperty("provider").GetString());
        Assert.EndsWith("Z", execution.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(31, execution.GetProperty("durationMs").GetInt64());
        Assert.Equal(JsonValueKind.Null, execution.GetProperty("compile").ValueKind);
        Assert.Equal(
            """{"exitCode":0,"signal":null,"stdout":"hi\n","stderr":"","stdoutTruncated":false,"stderrTruncated":false,"wallMs":9,"cpuMs":8,"memoryBytes":9437184}""",
            execution.GetProperty("run").GetRawText());
        Assert.Equal("""{"queuedMs":1,"preparingMs":2,"runningMs":28}""", execution.GetProperty("timings").GetRawText());
        Assert.Equal("[]", execution.GetProperty("artifacts").GetRawText());
        Assert.Equal(JsonValueKind.Null, execution.GetProperty("error").ValueKind);
        Assert.Equal("{}", execution.GetProperty("labels").GetRawText());
    }

    [Fact]
    public async Task Post_WaitEndsBeforeTheExecution_Answers202()
    {
        _host.Executions.OnAccepted = (_, _, _) => Task.CompletedTask;

        Answer answer = await _host.PostAsync("/api/executions?wait=0.05", Hello);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("queued", answer.Json.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("61")]
    [InlineData("NaN")]
    [InlineData("1e1")]
    [InlineData("abc")]
    [InlineData("1&wait=2")]
    public async Task Post_BadWait_Is400AndNothingIsAccepted(string wait)
    {
        (await _host.PostAsync("/api/executions?wait=" + wait, Hello)).IsProblem(400, "invalid-request").HasError("wait");
        Assert.Equal(0, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Post_SameKeyAndSameBodyInAnotherSpelling_IsTheSameExecution()
    {
        Answer first = await _host.PostAsync("/api/executions?wait=5", Hello, null, ("Idempotency-Key", "k1"));
        Answer again = await _host.PostAsync("/api/executions?wait=5", """{ "stdin":"hi\u000a", "code":"print(input())", "language":"python" }""", null, ("Idempotency-Key", "k1"));

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(first.Json.GetProperty("id").GetString(), again.Json.GetProperty("id").GetString());
        Assert.Equal(1, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Post_SameKeyInParallel_IsOneExecution()
    {
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.PostAsync("/api/executions?wait=5", Hello, null, ("Idempotency-Key", "parallel"))));

        Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
        Assert.Equal(1, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Post_SameKeyAndAnotherBody_Is409()
    {
        await _host.PostAsync("/api/executions", Hello, null, ("Idempotency-Key", "k1"));

        (await _host.PostAsync("/api/executions", Hello.Replace("hi", "ho", StringComparison.Ordinal), null, ("Idempotency-Key", "k1"))).IsProblem(409, "idempotency-conflict");
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public async Task Post_BadIdempotencyKey_Is400(string key)
        => (await _host.PostAsync("/api/executions", Hello, null, ("Idempotency-Key", key))).IsProblem(400, "invalid-request").HasError("Idempotency-Key");

    [Fact]
    public async Task Post_KeyOf256Characters_Is400And255IsTaken()
    {
        (await _host.PostAsync("/api/executions", Hello, null, ("Idempotency-Key", new string('k', 256)))).IsProblem(400, "invalid-request");
        Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync("/api/executions", Hello, null, ("Idempotency-Key", new string('k', 255)))).Status);
    }

    [Fact]
    public async Task Post_FullQueue_Is429WithRetryAfter()
    {
        _host.Executions.BusyFor = TimeSpan.FromSeconds(2.3);

        Answer answer = (await _host.PostAsync("/api/executions", Hello)).IsProblem(429, "busy");

        Assert.Equal("3", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Post_StoreFails_Is503WithRetryAfterAndNoPath()
    {
        _host.Executions.Fault = new IOException("/var/lib/codeexec/executions.db: disk full");

        Answer answer = (await _host.PostAsync("/api/executions", Hello)).IsProblem(503, "unavailable");

        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.DoesNotContain("/var/lib", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OurMistake_Is500WithAnIdThatTheLogHasToo()
    {
        _host.Executions.Fault = new InvalidOperationException("secret of the inside");

        Answer answer = (await _host.PostAsync("/api/executions", Hello)).IsProblem(500, "internal-error");

        string id = answer.Json.GetProperty("requestId").GetString()!;
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Contains(_host.Log.Lines, line => line.Text.Contains(id, StringComparison.Ordinal) && line.Text.Contains("secret of the inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_ManyMistakes_AllAreSaidAtOnce()
    {
        Answer answer = await _host.PostAsync("/api/executions", """
            {"language":"cobol","code":"x","env":{"1A":"x"},"limits":{"memoryMb":0,"wallTimeMs":99999999},"network":"lan","priority":"NORMAL",
             "files":[{"path":"../a","content":""},{"path":"b","content":"zz","encoding":"hex"}],"provider":"moon","artifacts":["/etc/*"],"labels":{"":"x"}}
            """);

        answer.IsProblem(400, "invalid-request");
        foreach (string field in new[] { "language", "env", "limits.memoryMb", "limits.wallTimeMs", "network", "priority", "files[0].path", "files[1].content", "provider", "artifacts[0]", "labels" })
        {
            answer.HasError(field);
        }

        Assert.Contains("python", answer.Json.GetProperty("errors").GetProperty("language")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LanguageThatIsNotInstalled_SaysWhatInstallsIt()
    {
        Answer answer = (await _host.PostAsync("/api/executions", """{"language":"go","code":"x"}""")).IsProblem(400, "invalid-request");

        Assert.Contains("apt-get install", answer.Json.GetProperty("errors").GetProperty("language")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("nonsense")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("'%20or%201=1")]
    public async Task Get_UnknownId_Is404(string id) => (await _host.GetAsync("/api/executions/" + id)).IsProblem(404, "not-found");

    [Fact]
    public async Task Get_OutputInABlob_IsShownWhole()
    {
        string text = new('é', 5000);
        _host.Executions.Outputs["out"] = text;
        _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.Exited(0), null, new StepResult
        {
            ExitCode = 0,
            Stdout = new(text[..10], "out", 10_000, false),
            Stderr = CapturedOutput.Empty,
        });
        string id = await _host.SubmitAsync();

        JsonElement run = (await _host.GetAsync("/api/executions/" + id)).Json.GetProperty("run");
        Assert.Equal(text, run.GetProperty("stdout").GetString());
        Assert.False(run.TryGetProperty("abridged", out _));

        JsonElement listed = (await _host.GetAsync("/api/executions")).Json.GetProperty("items")[0].GetProperty("run");
        Assert.Equal(text[..10], listed.GetProperty("stdout").GetString());
        Assert.True(listed.GetProperty("abridged").GetBoolean());
    }

    [Fact]
    public async Task Stop_RunningThenEnded_Answers202Then200()
    {
        _host.Executions.OnAccepted = (_, _, _) => Task.CompletedTask;
        string id = await _host.SubmitAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await _host.SendAsync(HttpMethod.Post, $"/api/executions/{id}/stop")).Status);
        Answer again = await _host.SendAsync(HttpMethod.Post, $"/api/executions/{id}/stop");
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal("cancelled", again.Json.GetProperty("status").GetString());
        Assert.Equal("cancelled", again.Json.GetProperty("outcome").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Delete_ThenGet_Is204Then404()
    {
        string id = await _host.SubmitAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, "/api/executions/" + id)).Status);
        (await _host.GetAsync("/api/executions/" + id)).IsProblem(404, "not-found");
        (await _host.SendAsync(HttpMethod.Delete, "/api/executions/" + id)).IsProblem(404, "not-found");
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Get_EveryOutcome_IsShownByItsKind(ExecutionOutcome outcome, string expected, string status)
    {
        _host.Executions.OnAccepted = (service, record, _) => service.EndAsync(record, "", "", outcome);
        string id = await _host.SubmitAsync();

        JsonElement execution = (await _host.GetAsync("/api/executions/" + id)).Json;

        Assert.Equal(expected, execution.GetProperty("outcome").GetRawText());
        Assert.Equal(status, execution.GetProperty("status").GetString());
    }

    public static TheoryData<ExecutionOutcome, string, string> Outcomes() => new()
    {
        { new ExecutionOutcome.Exited(3), """{"kind":"exited","exitCode":3,"signal":null,"limit":null}""", "failed" },
        { new ExecutionOutcome.Signalled(11), """{"kind":"signalled","exitCode":null,"signal":11,"limit":null}""", "failed" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime), """{"kind":"limitExceeded","exitCode":null,"signal":null,"limit":"wallTime"}""", "timeout" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.CpuTime), """{"kind":"limitExceeded","exitCode":null,"signal":null,"limit":"cpuTime"}""", "timeout" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), """{"kind":"limitExceeded","exitCode":null,"signal":null,"limit":"memory"}""", "failed" },
        { new ExecutionOutcome.CompileFailed(1), """{"kind":"compileFailed","exitCode":1,"signal":null,"limit":null}""", "failed" },
        { new ExecutionOutcome.InternalError(), """{"kind":"internalError","exitCode":null,"signal":null,"limit":null}""", "failed" },
    };

    [Fact]
    public async Task Requests_AreNotLoggedOneByOne()
    {
        await _host.PostAsync("/api/executions?wait=1", Hello);

        Assert.DoesNotContain(_host.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Information && line.Text.Contains("/api/executions", StringComparison.Ordinal));
    }
}
