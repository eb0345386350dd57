using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Judge0;

/// <summary>By Judge0's documentation of its API.</summary>
public sealed class Judge0Tests : IAsyncLifetime
{
    private const string Submissions = "/api/judge0/submissions";

    private ApiHost _host = null!;
    private ExecutionSpec? _spec;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Create_ThenGet_TokenAndTheUsualAttributes()
    {
        Answer created = await PostAsync("""{"source_code": "x", "language_id": 71, "stdin": "hello"}""");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(["token"], created.Json.EnumerateObject().Select(member => member.Name));
        string token = created.Json.GetProperty("token").GetString()!;
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", token);
        Assert.Equal(
            $$$"""{"stdout":"hello","time":"0.008","memory":9216,"stderr":null,"token":"{{{token}}}","compile_output":null,"message":null,"status":{"id":3,"description":"Accepted"}}""",
            (await _host.GetAsync($"{Submissions}/{token}", ApiHost.ReaderKey)).Text);
    }

    [Theory]
    [InlineData("hello", 3)]
    [InlineData("hello  \\n\\n", 3)]
    [InlineData("Hello", 4)]
    [InlineData("", 4)]
    public async Task Create_ExpectedOutput_IsComparedWithoutTrailingSpace(string expected, int status)
        => Assert.Equal(status, await StatusAsync($$"""{"source_code": "x", "language_id": 71, "stdin": "hello\n", "expected_output": "{{expected}}"}"""));

    public static TheoryData<ExecutionOutcome, int, string> Outcomes() => new()
    {
        { new ExecutionOutcome.Exited(3), 11, "Exited with error status 3" },
        { new ExecutionOutcome.Signalled(11), 7, "SIGSEGV" },
        { new ExecutionOutcome.Signalled(25), 8, "SIGXFSZ" },
        { new ExecutionOutcome.Signalled(8), 9, "SIGFPE" },
        { new ExecutionOutcome.Signalled(6), 10, "SIGABRT" },
        { new ExecutionOutcome.Signalled(9), 12, "SIGKILL" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.CpuTime), 5, "Time limit exceeded" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime), 5, "wall clock" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), 12, "Memory limit exceeded" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.Output), 8, "Output limit exceeded" },
        { new ExecutionOutcome.LimitExceeded(ResourceLimit.FileSize), 8, "FileSize limit exceeded" },
        { new ExecutionOutcome.InternalError(), 13, "could not run" },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Create_Wait_HasJudge0sStatusAndMessage(ExecutionOutcome outcome, int status, string message)
    {
        Become((service, record, _) => service.EndAsync(record, "out", "err", outcome));

        Answer answer = await PostAsync("""{"source_code": "x", "language_id": "71"}""", "?wait=true");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal((status, "out", "err"), (answer.Json.GetProperty("status").GetProperty("id").GetInt32(), answer.Json.GetProperty("stdout").GetString(), answer.Json.GetProperty("stderr").GetString()));
        Assert.Contains(message, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_CompilerFails_IsSixWithItsOutput()
    {
        StepResult failed = new() { ExitCode = 1, Stdout = CapturedOutput.Empty, Stderr = new("main.c:1: error", null, 15, false) };
        Become((service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.CompileFailed(1), compile: failed));

        JsonElement answer = (await PostAsync("""{"source_code": "x", "language_id": 50}""", "?wait=true")).Json;

        Assert.Equal((6, "main.c:1: error"), (answer.GetProperty("status").GetProperty("id").GetInt32(), answer.GetProperty("compile_output").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (answer.GetProperty("time").ValueKind, answer.GetProperty("memory").ValueKind));
    }

    [Fact]
    public async Task Create_Base64_IsReadAndShown()
    {
        string source = Convert.ToBase64String("print()"u8.ToArray()), stdin = Convert.ToBase64String("grüß\n"u8.ToArray());
        Remember();

        Answer answer = await PostAsync($$"""{"source_code": "{{source}}\n", "language_id": 71, "stdin": "{{stdin}}", "expected_output": "{{stdin}}"}""", "?base64_encoded=true&wait=true");

        Assert.Equal("print()"u8.ToArray(), _spec!.Files[0].Content);
        Assert.Equal((stdin, 3), (answer.Json.GetProperty("stdout").GetString(), answer.Json.GetProperty("status").GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task Get_OutputIsNoText_AsksForBase64()
    {
        await _host.Services.GetRequiredService<IBlobStore>().WriteAsync("blob", new byte[] { 0xFE }, CancellationToken.None);
        StepResult run = new() { ExitCode = 0, Stdout = new("\uFFFD", "blob", 1, false), Stderr = CapturedOutput.Empty };
        Become((service, record, _) => service.EndAsync(record, "", "", new ExecutionOutcome.Exited(0), run: run));

        Answer created = await PostAsync("""{"source_code": "x", "language_id": 71}""", "?wait=true");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Contains("base64_encoded=true", created.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        string url = $"{Submissions}/{created.Json.GetProperty("token").GetString()}";
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync(url, ApiHost.ReaderKey)).Status);
        Assert.Equal("/g==", (await _host.GetAsync(url + "?base64_encoded=true", ApiHost.ReaderKey)).Json.GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Create_WithAll_TakesAll()
    {
        Remember();

        await PostAsync("""
            {"source_code": "x", "language_id": 54, "compiler_options": "-O3 -DNAME='a b'", "command_line_arguments": "one \"two three\" fo\\ ur ''", "cpu_time_limit": 1.5, "wall_time_limit": "4",
             "memory_limit": 128000, "max_processes_and_or_threads": 30, "stack_limit": 64000, "max_file_size": 2048, "cpu_extra_time": 0.5, "enable_network": true, "number_of_runs": 3, "enable_per_process_and_thread_time_limit": false, "unknown": 1}
            """);

        Assert.Equal(("cpp", 1500, 4000, 125, 30), (_spec!.Language, _spec.Limits.CpuTimeMs, _spec.Limits.WallTimeMs, _spec.Limits.MemoryMb, _spec.Limits.Processes));
        Assert.Equal((64_000, 2048, 500, 3), (_spec.Limits.StackKb, _spec.Limits.FileSizeKb, _spec.Limits.GraceMs, _spec.Runs));
        Assert.Equal(["-O3", "-DNAME=a b"], _spec.CompileArgs);
        Assert.Equal(["one", "two three", "fo ur", ""], _spec.Args);
        Assert.Equal(NetworkAccess.Full, _spec.Network);
    }

    [Fact]
    public async Task Create_WithLittle_TakesJudge0sTimes()
    {
        Remember();

        await PostAsync("""{"source_code": "x", "language_id": 71}""");

        Assert.Equal((5000, 10_000, NetworkAccess.None), (_spec!.Limits.CpuTimeMs, _spec.Limits.WallTimeMs, _spec.Network));
    }

    [Fact]
    public async Task Create_AdditionalFiles_LieBesideTheProgram()
    {
        Remember();

        await PostAsync($$"""{"source_code": "import lib.a", "language_id": 71, "additional_files": "{{ZipOf(("lib/a.py", "A"))}}"}""");
        Assert.Equal(["lib/a.py", "main.py"], _spec!.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        await PostAsync($$"""{"language_id": 89, "additional_files": "{{ZipOf(("run", "python3 a.py"), ("a.py", "A"))}}"}""");
        Assert.Equal(("bash", true), (_spec.Language, _spec.Files.Select(file => file.Path).Contains("run")));
    }

    [Fact]
    public async Task Create_StderrToStdout_IsOneOutput()
    {
        Become((service, record, _) => service.EndAsync(record, "out\n", "err\n", new ExecutionOutcome.Exited(0)));

        JsonElement answer = (await PostAsync("""{"source_code": "x", "language_id": 71, "redirect_stderr_to_stdout": true}""", "?wait=true")).Json;

        Assert.Equal(("out\nerr\n", JsonValueKind.Null), (answer.GetProperty("stdout").GetString(), answer.GetProperty("stderr").ValueKind));
    }

    [Fact]
    public async Task Create_CallbackUrl_IsToldAsJudge0Tells()
    {
        Remember();
        string token = await TokenAsync("""{"source_code": "x", "language_id": 71, "stdin": "hi", "callback_url": "https://a.test/hook"}""");
        ICallbackForm form = Assert.Single(_host.Services.GetServices<ICallbackForm>());
        Assert.True(ExecutionId.TryParse(token, out ExecutionId id));
        ExecutionRecord ended = (await _host.Services.GetRequiredService<IExecutionStore>().FindAsync(id, CancellationToken.None))!;

        CallbackMessage message = (await form.OfAsync(ended, CancellationToken.None))!;

        Assert.Equal(("https://a.test/hook", "PUT"), (_spec!.Callback!.Url, message.Method));
        Assert.StartsWith($$"""{"stdout":"aGk=","time":"0.008","memory":9216,"stderr":null,"token":"{{token}}",""", message.Body, StringComparison.Ordinal);
        Assert.Null(await form.OfAsync(ended with { Labels = new Dictionary<string, string>() }, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"source_code": "x"}""", "language_id", "can't be blank")]
    [InlineData("""{"source_code": "x", "language_id": 150000}""", "language_id", "language with id 150000 doesn't exist")]
    [InlineData("""{"source_code": "", "language_id": 71}""", "source_code", "can't be blank")]
    [InlineData("""{"language_id": 71}""", "source_code", "can't be blank")]
    [InlineData("""{"source_code": "x", "language_id": 71, "wall_time_limit": 100000}""", "wall_time_limit", "must be less than or equal to 600")]
    [InlineData("""{"source_code": "x", "language_id": 71, "cpu_time_limit": -1}""", "cpu_time_limit", "must be greater than or equal to 0")]
    [InlineData("""{"source_code": "x", "language_id": 71, "number_of_runs": 21}""", "number_of_runs", "must be less than or equal to 20")]
    [InlineData("""{"source_code": "x", "language_id": 71, "number_of_runs": 0}""", "number_of_runs", "must be greater than 0")]
    [InlineData("""{"source_code": "x", "language_id": 71, "memory_limit": 100}""", "memory_limit", "must be greater than or equal to 2048")]
    [InlineData("""{"source_code": "x", "language_id": 71, "wall_time_limit": 0.5}""", "wall_time_limit", "must be greater than or equal to 1")]
    [InlineData("""{"source_code": "x", "language_id": 71, "cpu_time_limit": "soon"}""", "cpu_time_limit", "is not a number")]
    [InlineData("""{"source_code": "x", "language_id": 71, "compiler_options": "-O2"}""", "compiler_options", "only allowed for compiled languages")]
    [InlineData("""{"source_code": "x", "language_id": 71, "additional_files": "UEs="}""", "additional_files", "zip")]
    [InlineData("""{"source_code": "x", "language_id": 89}""", "source_code", "must be blank")]
    [InlineData("""{"source_code": "x", "language_id": 71, "callback_url": "ftp://a.test"}""", "callback_url", "https://")]
    [InlineData("""{"source_code": "x", "language_id": 71, "stdin": 1}""", "stdin", "text")]
    public async Task Create_Mistakes_Are422ByAttribute(string body, string attribute, string message)
    {
        Answer answer = await PostAsync(body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(message, answer.Json.GetProperty(attribute)[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(0, _host.Executions.Accepted);
    }

    [Fact]
    public async Task Fields_AreThoseAskedFor()
    {
        string token = await TokenAsync("""{"source_code": "print(1)", "language_id": 71, "stdin": "in", "command_line_arguments": "a b"}""");

        Assert.Equal("""{"stdout":"in","status_id":3,"language_id":71,"stderr":null}""", (await _host.GetAsync($"{Submissions}/{token}?fields=stdout,status_id,language_id,stderr", ApiHost.ReaderKey)).Text);
        string[] names = ["expected_output", "callback_url", "additional_files", "enable_per_process_and_thread_time_limit", "updated_at", "queue_host", "execution_host", "queued_at"];
        Assert.Equal(names, (await _host.GetAsync($"{Submissions}/{token}?fields={string.Join(',', names)}", ApiHost.ReaderKey)).Json.EnumerateObject().Select(one => one.Name));
        JsonElement all = (await _host.GetAsync($"{Submissions}/{token}?fields=*", ApiHost.ReaderKey)).Json;
        Assert.Equal(("print(1)", "in", "a b", "Python (3.11.2)"), (all.GetProperty("source_code").GetString(), all.GetProperty("stdin").GetString(), all.GetProperty("command_line_arguments").GetString(), all.GetProperty("language").GetProperty("name").GetString()));
        Answer unknown = await _host.GetAsync($"{Submissions}/{token}?fields=stdout,colour", ApiHost.ReaderKey);
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"invalid fields: [colour]"}"""), (unknown.Status, unknown.Text));
    }

    [Fact]
    public async Task Fields_WhatWasSent_ComesBackAsItWas()
    {
        string token = await TokenAsync($$"""{"source_code": "x", "language_id": 71, "expected_output": "42 \n", "callback_url": "https://a.test/hook", "additional_files": "{{ZipOf(("lib/a.py", "A"))}}"}""");

        JsonElement sent = (await _host.GetAsync($"{Submissions}/{token}?fields=expected_output,callback_url,additional_files", ApiHost.ReaderKey)).Json;

        Assert.Equal(("42 \n", "https://a.test/hook"), (sent.GetProperty("expected_output").GetString(), sent.GetProperty("callback_url").GetString()));
        using ZipArchive files = new(new MemoryStream(sent.GetProperty("additional_files").GetBytesFromBase64()), ZipArchiveMode.Read);
        Assert.Equal("lib/a.py", Assert.Single(files.Entries).FullName);
    }

    [Fact]
    public async Task Batch_QueueFillsUpInBetween_KeepsTheTokensOfTheOthers()
    {
        Become((service, record, spec) =>
        {
            service.BusyFor = TimeSpan.FromSeconds(3);
            return service.EchoAsync(record, spec);
        });

        Answer created = await PostAsync("""{"submissions": [{"language_id": 71, "source_code": "x"}, {"language_id": 71, "source_code": "y"}]}""", "/batch");

        Assert.Equal((HttpStatusCode.Created, "queue is full"), (created.Status, created.Json[1].GetProperty("error")[0].GetString()));
        Assert.True(created.Json[0].TryGetProperty("token", out _));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"queue is full"}"""), await PostAsync("""{"submissions": [{"language_id": 71, "source_code": "x"}]}""", "/batch") is var none ? (none.Status, none.Text) : default);
    }

    [Fact]
    public async Task Batch_EachForItself_ThenReadTogether()
    {
        Answer created = await PostAsync("""{"submissions": [{"language_id": 71, "source_code": "x", "stdin": "one"}, {"language_id": 123456789, "source_code": "x"}, {"language_id": 71, "source_code": ""}]}""", "/batch");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("language with id 123456789 doesn't exist", created.Json[1].GetProperty("language_id")[0].GetString());
        Assert.Equal("can't be blank", created.Json[2].GetProperty("source_code")[0].GetString());
        string token = created.Json[0].GetProperty("token").GetString()!;
        Assert.Equal("""{"submissions":[{"stdout":"one"},null]}""", (await _host.GetAsync($"{Submissions}/batch?tokens={token},{Guid.Empty}&fields=stdout", ApiHost.ReaderKey)).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("""{"submissions": [{}]}""", "/batch")).Status);
        Assert.Equal("""{"error":"there should be at least one submission in a batch"}""", (await PostAsync("{}", "/batch")).Text);
    }

    [Fact]
    public async Task Delete_EndedOrNot()
    {
        string token = await TokenAsync("""{"source_code": "x", "language_id": 71, "stdin": "in"}""");
        Become((_, _, _) => Task.CompletedTask);
        string waiting = await TokenAsync("""{"source_code": "x", "language_id": 71}""");

        Assert.Equal("aW4=", (await _host.SendAsync(HttpMethod.Delete, $"{Submissions}/{token}", null, ApiHost.SubmitterKey)).Json.GetProperty("stdout").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"{Submissions}/{token}", ApiHost.ReaderKey)).Status);
        Answer refused = await _host.SendAsync(HttpMethod.Delete, $"{Submissions}/{waiting}", null, ApiHost.SubmitterKey);
        Assert.Equal((HttpStatusCode.BadRequest, "submission cannot be deleted because its status is 1 (In Queue)"), (refused.Status, refused.Json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Keys_ComeInJudge0sHeader()
    {
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Post, "/api/judge0/authenticate", null, null, ("X-Auth-Token", ApiHost.ReaderKey))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Post, "/api/judge0/authenticate", null, null, ("X-RapidAPI-Key", ApiHost.ReaderKey))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Post, "/api/judge0/authorize", null, null, ("X-Auth-Token", ApiHost.AdminKey))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.SendAsync(HttpMethod.Post, "/api/judge0/authorize", null, null, ("X-Auth-Token", ApiHost.ReaderKey))).Status);
        Answer refused = await _host.SendAsync(HttpMethod.Post, "/api/judge0/authenticate", null, null, ("X-Auth-Token", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal(["error"], refused.Json.EnumerateObject().Select(member => member.Name));
        string token = await TokenAsync("""{"source_code": "x", "language_id": 71}""");
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync($"{Submissions}/{token}", ApiHost.OtherKey)).Status);
    }

    [Fact]
    public async Task Create_QueueIsFull_Is503()
    {
        _host.Executions.BusyFor = TimeSpan.FromSeconds(3);

        Answer answer = await PostAsync("""{"source_code": "x", "language_id": 71}""");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "3"), (answer.Status, answer.Headers["Retry-After"]));
    }

    [Fact]
    public async Task LanguagesAndStatuses_HaveJudge0sIds()
    {
        JsonElement[] languages = [.. (await _host.GetAsync("/api/judge0/languages", ApiHost.ReaderKey)).Json.EnumerateArray()];

        Assert.Contains("""{"id":71,"name":"Python (3.11.2)"}""", languages.Select(one => one.GetRawText()));
        Assert.DoesNotContain(languages, one => one.GetProperty("id").GetInt32() is 60 or 34); // Go is not installed; 34 is archived
        Assert.Contains("""{"id":34,"name":"Python (3.11.2)","is_archived":true}""", (await _host.GetAsync("/api/judge0/languages/all", ApiHost.ReaderKey)).Json.EnumerateArray().Select(one => one.GetRawText()));
        JsonElement c = (await _host.GetAsync("/api/judge0/languages/50", ApiHost.ReaderKey)).Json;
        Assert.Equal(("C (12.2.0)", false, "main.c"), (c.GetProperty("name").GetString(), c.GetProperty("is_archived").GetBoolean(), c.GetProperty("source_file").GetString()));
        Assert.Contains("gcc", c.GetProperty("compile_cmd").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await _host.GetAsync("/api/judge0/languages/71", ApiHost.ReaderKey)).Json.GetProperty("compile_cmd").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync("/api/judge0/languages/60", ApiHost.ReaderKey)).Status);
        Assert.Equal(14, (await _host.GetAsync("/api/judge0/statuses", ApiHost.ReaderKey)).Json.GetArrayLength());
    }

    [Theory]
    [InlineData(43, "text.txt")]
    [InlineData(44, "a.out")]
    public async Task Create_NoLanguageOfItsOwn_IsStartedByAShell(int id, string file)
    {
        Remember();

        string token = await TokenAsync($$"""{"source_code": "some bytes", "language_id": {{id}}}""");

        Assert.Equal(("bash", ".judge0/start.sh"), (_spec!.Language, _spec.Entry));
        Assert.Equal("some bytes"u8.ToArray(), _spec.Files.Single(one => one.Path == file).Content);
        Assert.Equal("""{"source_code":"some bytes","additional_files":null}""", (await _host.GetAsync($"{Submissions}/{token}?fields=source_code,additional_files", ApiHost.ReaderKey)).Text);
    }

    [Fact]
    public async Task Create_ZipThatCanNotBeBuilt_IsSixWithItsOutput()
    {
        Become((service, record, _) => service.EndAsync(record, "", "judge0: compile failed\nno such compiler\n", new ExecutionOutcome.Exited(251)));

        JsonElement answer = (await PostAsync($$"""{"language_id": 89, "additional_files": "{{ZipOf(("compile", "false"), ("run", "true"))}}"}""", "?wait=true")).Json;

        Assert.Equal((6, "no such compiler\n"), (answer.GetProperty("status").GetProperty("id").GetInt32(), answer.GetProperty("compile_output").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (answer.GetProperty("stderr").ValueKind, answer.GetProperty("time").ValueKind));
    }

    private static string ZipOf(params (string Name, string Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return Convert.ToBase64String(zip.ToArray());
    }

    private void Remember() => Become((service, record, spec) => service.EchoAsync(record, spec));

    private void Become(Func<FakeExecutionService, ExecutionRecord, ExecutionSpec, Task> then) => _host.Executions.OnAccepted = (service, record, spec) =>
    {
        _spec = spec;
        return then(service, record, spec);
    };

    private Task<Answer> PostAsync(string body, string more = "") => _host.PostAsync(Submissions + more, body, ApiHost.SubmitterKey);

    private async Task<string> TokenAsync(string body) => (await PostAsync(body)).Json.GetProperty("token").GetString()!;

    private async Task<int> StatusAsync(string body) => (await PostAsync(body, "?wait=true")).Json.GetProperty("status").GetProperty("id").GetInt32();
}
