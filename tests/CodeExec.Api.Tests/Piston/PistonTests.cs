using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Tests.Piston;

public sealed class PistonTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ExecutionSpec? _spec;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Runtimes_AreInPistonsShape()
    {
        JsonElement[] runtimes = [.. (await _host.GetAsync("/api/v2/runtimes")).Json.EnumerateArray()];

        JsonElement python = runtimes.Single(one => one.GetProperty("language").GetString() == "python");
        Assert.Equal(["language", "version", "aliases"], python.EnumerateObject().Select(member => member.Name));
        Assert.Equal("3.11.2", python.GetProperty("version").GetString());
        Assert.Contains("py", python.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
        Assert.DoesNotContain(runtimes, one => one.GetProperty("language").GetString() == "go");
    }

    [Fact]
    public async Task Execute_ThatGoesWell_IsInPistonsShape()
    {
        Become((service, record, _) => service.EndAsync(record, "out\n", "", new ExecutionOutcome.Exited(0)));

        Answer answer = await ExecuteAsync("""{"language":"py","version":"3.x","files":[{"content":"x"}]}""");

        Assert.Equal(
            """{"run":{"stdout":"out\n","stderr":"","output":"out\n","code":0,"signal":null,"message":null,"status":null,"cpu_time":8,"wall_time":9,"memory":9437184},"language":"python","version":"3.11.2"}""",
            answer.Text);
    }

    [Fact]
    public async Task Execute_WithDefaults_TakesPistons()
    {
        await ExecuteAsync("""{"language":"python","version":"*","files":[{"content":"x"},{"content":"eQ==","encoding":"base64"}],"unknown":1}""");

        Assert.Equal(["main.py", "file1.code"], _spec!.Files.Select(file => file.Path));
        Assert.Equal("main.py", _spec.Entry);
        Assert.Equal("y"u8.ToArray(), _spec.Files[1].Content);
        Assert.Equal("\n"u8.ToArray(), _spec.Stdin);
        Assert.Equal((3000, 3000, 2048), (_spec.Limits.WallTimeMs, _spec.Limits.CpuTimeMs, _spec.Limits.MemoryMb));
        Assert.Equal((10_000, 10_000, 2048), (_spec.CompileLimits.WallTimeMs, _spec.CompileLimits.CpuTimeMs, _spec.CompileLimits.MemoryMb));
    }

    [Fact]
    public async Task Execute_WithAll_TakesAll()
    {
        await ExecuteAsync("""
            {"language":"python","version":"3.11.2","files":[{"name":"a/start.py","content":"x","encoding":"utf8"},{"name":"d.bin","content":"00ff","encoding":"hex"}],"stdin":"in","args":["1","2"],
             "run_timeout":1500,"run_cpu_time":1000,"compile_timeout":2000,"compile_cpu_time":0,"run_memory_limit":100000000,"compile_memory_limit":-1}
            """);

        Assert.Equal("a/start.py", _spec!.Entry);
        Assert.Equal(["1", "2"], _spec.Args);
        Assert.Equal("in\n"u8.ToArray(), _spec.Stdin);
        Assert.Equal((1500, 1000, 96), (_spec.Limits.WallTimeMs, _spec.Limits.CpuTimeMs, _spec.Limits.MemoryMb));
        Assert.Equal((2000, 10_000, 2048), (_spec.CompileLimits.WallTimeMs, _spec.CompileLimits.CpuTimeMs, _spec.CompileLimits.MemoryMb));
        Assert.Equal(new byte[] { 0, 255 }, _spec.Files[1].Content);
    }

    [Theory]
    [InlineData("{}", "language is required as a string")]
    [InlineData("""{"language":1}""", "language is required as a string")]
    [InlineData("""{"language":"python"}""", "version is required as a string")]
    [InlineData("""{"language":"python","version":"*"}""", "files is required as an array")]
    [InlineData("""{"language":"python","version":"*","files":{}}""", "files is required as an array")]
    [InlineData("""{"language":"python","version":"*","files":[{"name":"a"}]}""", "files[0].content is required as a string")]
    [InlineData("""{"language":"python","version":"*","files":[1]}""", "files[0].content is required as a string")]
    [InlineData("""{"language":"python","version":"2.x","files":[{"content":""}]}""", "python-2.x runtime is unknown")]
    [InlineData("""{"language":"go","version":"*","files":[{"content":""}]}""", "go-* runtime is unknown")]
    [InlineData("""{"language":"python","version":"*","files":[]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"","encoding":"hex"}]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":""}],"run_timeout":"1"}""", "If specified, run_timeout must be a number")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":""}],"run_timeout":600001}""", "run_timeout cannot exceed the configured limit of 600000")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":""}],"compile_timeout":-1}""", "compile_timeout must be non-negative")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":""}],"run_memory_limit":-2}""", "run_memory_limit must be non-negative")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":""}],"run_memory_limit":99999999999}""", "run_memory_limit cannot exceed the configured limit of 2147483648")]
    public async Task Execute_BadJob_SaysItInPistonsWords(string body, string message)
    {
        Answer answer = await _host.PostAsync("/api/v2/execute", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(JsonSerializer.Serialize(new { message }), answer.Text);
    }

    [Fact]
    public async Task Execute_PathThatLeadsOut_Is400InPistonsShape()
    {
        Answer answer = await _host.PostAsync("/api/v2/execute", """{"language":"python","version":"*","files":[{"name":"../x","content":""}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["message"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    public static TheoryData<ExecutionOutcome, bool, string?, int?, string?> Ends() => new()
    {
        { new ExecutionOutcome.Exited(3), false, "RE", 3, null },
        { new ExecutionOutcome.Signalled(11), false, "SG", null, "SIGSEGV" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime), false, "TO", null, "SIGKILL" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.CpuTime), false, "TO", null, "SIGKILL" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Output), true, "OL", null, "SIGKILL" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Output), false, "EL", null, "SIGKILL" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), false, "SG", null, "SIGKILL" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Execute_ThatGoesWrong_HasPistonsStatus(ExecutionOutcome outcome, bool stdoutCut, string? status, int? code, string? signal)
    {
        Become((service, record, _) => service.EndAsync(record, "", "", outcome, null, new StepResult
        {
            ExitCode = (outcome as ExecutionOutcome.Exited)?.Code,
            Signal = (outcome as ExecutionOutcome.Signalled)?.Signal,
            Limit = (outcome as ExecutionOutcome.LimitExceeded)?.Limit,
            Stdout = new("", null, 0, stdoutCut),
            Stderr = CapturedOutput.Empty,
        }));

        JsonElement run = (await ExecuteAsync("""{"language":"python","version":"*","files":[{"content":"x"}]}""")).Json.GetProperty("run");

        Assert.Equal(status, run.GetProperty("status").GetString());
        Assert.Equal(code, run.GetProperty("code").ValueKind == JsonValueKind.Null ? null : run.GetProperty("code").GetInt32());
        Assert.Equal(signal, run.GetProperty("signal").GetString());
        Assert.NotNull(run.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Execute_ThatDoesNotCompile_RepeatsTheCompileStageAsRun()
    {
        StepResult compile = new() { ExitCode = 1, Stdout = CapturedOutput.Empty, Stderr = new("error: no", null, 9, false) };
        Become((service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.CompileFailed(1), compile));

        JsonElement answer = (await ExecuteAsync("""{"language":"c++","version":"*","files":[{"name":"a.cpp","content":"x"}]}""")).Json;

        Assert.Equal(answer.GetProperty("compile").GetRawText(), answer.GetProperty("run").GetRawText());
        Assert.Equal("error: no", answer.GetProperty("run").GetProperty("output").GetString());
        Assert.Equal("RE", answer.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal("cpp", answer.GetProperty("language").GetString());
    }

    [Fact]
    public async Task Execute_BothStreams_AreInTheOrderTheyCame()
    {
        Become((service, record, _) => service.EndAsync(record, "out 1\nout 2", "err\n", new ExecutionOutcome.Exited(0)));

        JsonElement run = (await ExecuteAsync("""{"language":"python","version":"*","files":[{"content":"x"}]}""")).Json.GetProperty("run");

        Assert.Equal("out 1\nout 2err\n", run.GetProperty("output").GetString());
    }

    [Fact]
    public async Task Execute_FullQueue_Is429InPistonsShape()
    {
        _host.Executions.BusyFor = TimeSpan.FromSeconds(1);

        Answer answer = await _host.PostAsync("/api/v2/execute", """{"language":"python","version":"*","files":[{"content":"x"}]}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.NotNull(answer.Json.GetProperty("message").GetString());
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData("*", "3.11.2", true)]
    [InlineData("", "3.11.2", true)]
    [InlineData("3", "3.11.2", true)]
    [InlineData("3.x", "3.11.2", true)]
    [InlineData("3.11.*", "3.11.2", true)]
    [InlineData("3.11.2", "3.11.2", true)]
    [InlineData("v3.11.2", "3.11.2", true)]
    [InlineData("=3.11.2", "3.11.2", true)]
    [InlineData("3.1", "3.11.2", false)]
    [InlineData("3.10.0", "3.11.2", false)]
    [InlineData("^3.10.0", "3.11.2", true)]
    [InlineData("^3.12.0", "3.11.2", false)]
    [InlineData("^2.0.0", "3.11.2", false)]
    [InlineData("^0.2.0", "0.2.9", true)]
    [InlineData("^0.2.0", "0.3.0", false)]
    [InlineData("~3.11.0", "3.11.2", true)]
    [InlineData("~3.10", "3.11.2", false)]
    [InlineData("~3", "3.11.2", true)]
    [InlineData(">=3.8", "3.11.2", true)]
    [InlineData(">= 3.8 < 3.11", "3.11.2", false)]
    [InlineData(">3", "3.11.2", false)]
    [InlineData(">3.10", "3.11.2", true)]
    [InlineData("<=3.11", "3.11.2", true)]
    [InlineData("<3.11.2", "3.11.2", false)]
    [InlineData("2.x || 3.x", "3.11.2", true)]
    [InlineData("1.0 - 2.0", "3.11.2", false)]
    [InlineData("3.0 - 3.11", "3.11.2", true)]
    [InlineData("17", "17", true)]
    [InlineData("17.0.0", "17", true)]
    [InlineData("c++17", "c++17", true)]
    [InlineData("abc", "3.11.2", false)]
    [InlineData(">=", "3.11.2", false)]
    [InlineData("3.11.2.1", "3.11.2", false)]
    [InlineData("99999999999999999999", "3.11.2", false)]
    public void Selector_OfAVersion_MatchesAsPistonsDo(string selector, string version, bool matches)
        => Assert.Equal(matches, CodeExec.Api.Piston.VersionSelector.Matches(selector, version));

    private void Become(Func<FakeExecutionService, ExecutionRecord, ExecutionSpec, Task> end) => _host.Executions.OnAccepted = end;

    private async Task<Answer> ExecuteAsync(string body)
    {
        Func<FakeExecutionService, ExecutionRecord, ExecutionSpec, Task> end = _host.Executions.OnAccepted;
        _host.Executions.OnAccepted = (service, record, spec) =>
        {
            _spec = spec;
            return end(service, record, spec);
        };
        Answer answer = await _host.PostAsync("/api/v2/execute", body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer;
    }
}
