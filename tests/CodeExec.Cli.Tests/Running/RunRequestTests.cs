using System.Text;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

/// <summary>What a command line makes the client send.</summary>
public sealed class RunRequestTests : IAsyncLifetime
{
    private FakeServer _server = null!;
    private CliProcess _process = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _process = new CliProcess(_server);
        _process.File("main.py");
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("--language c++", """{"language":"c++"}""")]
    [InlineData("-l ruby", """{"language":"ruby"}""")]
    [InlineData("--lang-version c++20", """{"version":"c++20"}""")]
    [InlineData("--stdin hello", """{"stdin":"hello"}""")]
    [InlineData("--arg a --arg -x", """{"args":["a","-x"]}""")]
    [InlineData("--arg a -- --json b", """{"args":["a","--json","b"]}""")]
    [InlineData("-- -", """{"args":["-"]}""")]
    [InlineData("--env A=1 --env B=x=y --env C=", """{"env":{"A":"1","B":"x=y","C":""}}""")]
    [InlineData("--env HERE", """{"env":{"HERE":"from our environment"}}""")]
    [InlineData("--secret T=s", """{"secrets":{"T":"s"}}""")]
    [InlineData("--secret HERE", """{"secrets":{"HERE":"from our environment"}}""")]
    [InlineData("--wall 10s", """{"limits":{"wallTimeMs":10000}}""")]
    [InlineData("--wall 2", """{"limits":{"wallTimeMs":2000}}""")]
    [InlineData("--cpu 500ms --wall 1.5m", """{"limits":{"wallTimeMs":90000,"cpuTimeMs":500}}""")]
    [InlineData("--memory 256m", """{"limits":{"memoryMb":256}}""")]
    [InlineData("--memory 1GB", """{"limits":{"memoryMb":1024}}""")]
    [InlineData("--processes 3", """{"limits":{"processes":3}}""")]
    [InlineData("--output 1m --workspace 64m", """{"limits":{"outputKb":1024,"workspaceMb":64}}""")]
    [InlineData("--stack 64m --file-size 4k --open-files 32", """{"limits":{"stackKb":65536,"fileSizeKb":4,"openFiles":32}}""")]
    [InlineData("--cpus 0.5 --grace 250ms", """{"limits":{"cpus":0.5,"graceMs":250}}""")]
    [InlineData("--runs 5", """{"runs":5}""")]
    [InlineData("--network full", """{"network":"full"}""")]
    [InlineData("--compile-arg -O3 --compile-arg -g", """{"compileArgs":["-O3","-g"]}""")]
    [InlineData("--label course:cs101 --label week:3:b", """{"labels":{"course":"cs101","week":"3:b"}}""")]
    [InlineData("--artifact out/** --artifact *.png", """{"artifacts":["out/**","*.png"]}""")]
    [InlineData("--provider docker --priority high", """{"provider":"docker","priority":"high"}""")]
    public async Task Run_AnOption_IsInTheRequest(string options, string expected)
    {
        _process.Environment["HERE"] = "from our environment";

        int code = await _process.RunAsync(["run", "main.py", .. options.Split(' ')]);

        Assert.Equal("", _process.Stderr);
        Assert.Equal(0, code);
        JsonObject request = Submitted();
        foreach ((string name, JsonNode? value) in (JsonObject)JsonNode.Parse(expected)!)
        {
            Assert.Equal(value!.ToJsonString(), request[name]?.ToJsonString());
        }
    }

    [Fact]
    public async Task Run_NoOptions_SendsTheFileAndNothingElse()
    {
        await _process.RunAsync("run", "main.py");

        Assert.Equal(
            """{"language":"python","files":[{"path":"main.py","content":"print(1)","encoding":"utf8"}],"entry":"main.py"}""",
            _server.SubmittedJson);
    }

    [Theory]
    [InlineData("a.py", "python")]
    [InlineData("a.js", "javascript")]
    [InlineData("a.mjs", "javascript")]
    [InlineData("a.ts", "typescript")]
    [InlineData("a.go", "go")]
    [InlineData("A.java", "java")]
    [InlineData("a.cpp", "cpp")]
    [InlineData("a.CC", "cpp")]
    [InlineData("a.c", "c")]
    [InlineData("a.sh", "bash")]
    public async Task Run_KnownExtension_TellsTheLanguage(string file, string language)
    {
        _process.File(file);

        Assert.Equal(0, await _process.RunAsync("run", file));
        Assert.Equal(language, (string?)Submitted()["language"]);
    }

    [Fact]
    public async Task Run_ExtensionOfALanguageThatTheServerAdded_TellsTheLanguage()
    {
        _server.Documents["/api/languages"] = """[{"id":"python","extensions":[".py"]},{"id":"ruby","extensions":[".rbx",".rb"]}]""";
        _process.File("a.rb");

        Assert.Equal(0, await _process.RunAsync("run", "a.rb"));
        Assert.Equal("ruby", (string?)Submitted()["language"]);
    }

    [Fact]
    public async Task Run_UnknownExtension_AsksForTheLanguage()
    {
        _server.Documents["/api/languages"] = "[]";
        _process.File("a.xyz");

        Assert.Equal(2, await _process.RunAsync("run", "a.xyz"));
        Assert.Contains("--language", _process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/main.py src/lib/a.py", "main.py", "main.py lib/a.py")]
    [InlineData("src/main.py data/in.txt", "src/main.py", "src/main.py data/in.txt")]
    [InlineData("src/lib/a.py src/main.py --entry src/main.py", "main.py", "lib/a.py main.py")]
    [InlineData("src/lib/a.py src/main.py --entry main.py", "main.py", "lib/a.py main.py")]
    [InlineData("src/main.py src/main.py", "main.py", "main.py")]
    public async Task Run_ManyFiles_AreNamedAsTheEntryFileSeesThem(string arguments, string entry, string paths)
    {
        _process.File("src/main.py");
        _process.File("src/lib/a.py");
        _process.File("data/in.txt");

        Assert.Equal(0, await _process.RunAsync(["run", .. arguments.Split(' ')]));
        JsonObject request = Submitted();
        Assert.Equal(entry, (string?)request["entry"]);
        Assert.Equal(paths, string.Join(' ', ((JsonArray)request["files"]!).Select(f => (string?)f!["path"])));
    }

    [Fact]
    public async Task Run_FileOfBytes_IsSentAsBase64()
    {
        _process.File("data.bin", [0xff, 0x00]);

        await _process.RunAsync("run", "main.py", "data.bin");

        Assert.Equal("""{"path":"data.bin","content":"/wA=","encoding":"base64"}""", Submitted()["files"]![1]!.ToJsonString());
    }

    [Fact]
    public async Task Run_ProgramFromStandardInput_IsSentAsCode()
    {
        _process.Stdin = "print('ä')"u8.ToArray();

        Assert.Equal(0, await _process.RunAsync("run", "-", "--language", "python"));
        Assert.Equal("print('ä')", (string?)Submitted()["code"]);
        Assert.Null(Submitted()["stdin"]);
        Assert.Null(Submitted()["files"]);
    }

    [Fact]
    public async Task Run_PipedInput_IsTheProgramsInput()
    {
        _process.Stdin = "piped\n"u8.ToArray();

        await _process.RunAsync("run", "main.py");

        Assert.Equal("piped\n", (string?)Submitted()["stdin"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("text", "text")]
    [InlineData("-", "piped")]
    [InlineData("@in.txt", "from a file")]
    public async Task Run_StdinOption_GoesBeforeThePipe(string option, string expected)
    {
        _process.File("in.txt", "from a file");
        _process.Stdin = "piped"u8.ToArray();

        Assert.Equal(0, await _process.RunAsync("run", "main.py", "--stdin", option));
        Assert.Equal(expected, (string?)Submitted()["stdin"]);
    }

    [Theory]
    [InlineData("run nothing.py", "no file 'nothing.py'")]
    [InlineData("run main.py extra", "after '--'")]
    [InlineData("run .", "is a folder")]
    [InlineData("run main.py --entry other.py", "not one of the given files")]
    [InlineData("run main.py --stdin @nothing", "no file 'nothing'")]
    [InlineData("run main.py --env NOWHERE", "no such variable")]
    [InlineData("run main.py --env =1", "NAME=VALUE")]
    [InlineData("run main.py --label x", "KEY:VALUE")]
    [InlineData("run main.py --wall soon", "duration")]
    [InlineData("run main.py --memory 256", "unit")]
    [InlineData("run main.py --memory 10k", "smallest")]
    [InlineData("run main.py --network some", "some")]
    [InlineData("run main.py --out x", "--artifact")]
    [InlineData("run main.py --detach --timeout 5s", "--timeout")]
    [InlineData("run main.py --server nonsense", "not a server's address")]
    [InlineData("run", "run --help")]
    [InlineData("jump", "jump")]
    [InlineData("status", "status --help")]
    public async Task Run_CommandLineThatMakesNoSense_SaysWhatToWriteAndSendsNothing(string arguments, string advice)
    {
        Assert.Equal(2, await _process.RunAsync(arguments.Split(' ')));
        Assert.Contains(advice, _process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task Run_ProgramAndItsInputBothFromStandardInput_IsRefused()
    {
        _process.Stdin = "print(1)"u8.ToArray();

        Assert.Equal(2, await _process.RunAsync("run", "-", "-l", "python", "--stdin", "-"));
    }

    [Fact]
    public async Task Run_InputThatIsNotText_SaysHowToSendBytes()
    {
        _process.Stdin = [0xff, 0xfe];

        Assert.Equal(2, await _process.RunAsync("run", "main.py"));
        Assert.Contains("one more FILE", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerAndKey_AreTakenFromOptionsBeforeTheEnvironment()
    {
        _process.Environment["CODEEXEC_SERVER"] = "http://127.0.0.1:1";
        _process.Environment["CODEEXEC_KEY"] = "of the environment";

        Assert.Equal(0, await _process.RunAsync("run", "main.py", "--server", _server.Address.ToString().TrimEnd('/'), "--key", "given"));
        Assert.Equal("Bearer given", _server.Requests.First().Headers["Authorization"]);
    }

    [Fact]
    public async Task Run_KeyInTheEnvironment_IsSent()
    {
        _process.Environment["CODEEXEC_KEY"] = "of the environment";

        await _process.RunAsync("run", "main.py");

        Assert.All(_server.Requests, r => Assert.Equal("Bearer of the environment", r.Headers["Authorization"]));
    }

    private JsonObject Submitted() => (JsonObject)JsonNode.Parse(Encoding.UTF8.GetBytes(_server.SubmittedJson))!;
}
