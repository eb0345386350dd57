using System.Text;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

/// <summary>What a command line makes the client send.</summary>
public sealed class RunRequestTests : CommandLineTest
{
    protected override void Prepare() => Process.File("main.py");

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
        Process.Environment["HERE"] = "from our environment";

        int code = await Process.RunAsync(["run", "main.py", .. options.Split(' ')]);

        Assert.Equal("", Process.Stderr);
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
        await Process.RunAsync("run", "main.py");

        Assert.Equal(
            """{"language":"python","files":[{"path":"main.py","content":"print(1)","encoding":"utf8"}],"entry":"main.py"}""",
            Server.SubmittedJson);
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
        Process.File(file);

        Assert.Equal(0, await Process.RunAsync("run", file));
        Assert.Equal(language, (string?)Submitted()["language"]);
    }

    [Fact]
    public async Task Run_ExtensionOfALanguageThatTheServerAdded_TellsTheLanguage()
    {
        Server.Documents["/api/languages"] = """[{"id":"python","extensions":[".py"]},{"id":"ruby","extensions":[".rbx",".rb"]}]""";
        Process.File("a.rb");

        Assert.Equal(0, await Process.RunAsync("run", "a.rb"));
        Assert.Equal("ruby", (string?)Submitted()["language"]);
    }

    [Fact]
    public async Task Run_UnknownExtension_AsksForTheLanguage()
    {
        Server.Documents["/api/languages"] = "[]";
        Process.File("a.xyz");

        Assert.Equal(2, await Process.RunAsync("run", "a.xyz"));
        Assert.Contains("--language", Process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/main.py src/lib/a.py", "main.py", "main.py lib/a.py")]
    [InlineData("src/main.py data/in.txt", "src/main.py", "src/main.py data/in.txt")]
    [InlineData("src/lib/a.py src/main.py --entry src/main.py", "main.py", "lib/a.py main.py")]
    [InlineData("src/lib/a.py src/main.py --entry main.py", "main.py", "lib/a.py main.py")]
    [InlineData("src/main.py src/main.py", "main.py", "main.py")]
    public async Task Run_ManyFiles_AreNamedAsTheEntryFileSeesThem(string arguments, string entry, string paths)
    {
        Process.File("src/main.py");
        Process.File("src/lib/a.py");
        Process.File("data/in.txt");

        Assert.Equal(0, await Process.RunAsync(["run", .. arguments.Split(' ')]));
        JsonObject request = Submitted();
        Assert.Equal(entry, (string?)request["entry"]);
        Assert.Equal(paths, string.Join(' ', ((JsonArray)request["files"]!).Select(f => (string?)f!["path"])));
    }

    [Fact]
    public async Task Run_FileOfBytes_IsSentAsBase64()
    {
        Process.File("data.bin", [0xff, 0x00]);

        await Process.RunAsync("run", "main.py", "data.bin");

        Assert.Equal("""{"path":"data.bin","content":"/wA=","encoding":"base64"}""", Submitted()["files"]![1]!.ToJsonString());
    }

    [Fact]
    public async Task Run_ProgramFromStandardInput_IsSentAsCode()
    {
        Process.Stdin = "print('ä')"u8.ToArray();

        Assert.Equal(0, await Process.RunAsync("run", "-", "--language", "python"));
        Assert.Equal("print('ä')", (string?)Submitted()["code"]);
        Assert.Null(Submitted()["stdin"]);
        Assert.Null(Submitted()["files"]);
    }

    [Fact]
    public async Task Run_PipedInput_IsTheProgramsInput()
    {
        Process.Stdin = "piped\n"u8.ToArray();

        await Process.RunAsync("run", "main.py");

        Assert.Equal("piped\n", (string?)Submitted()["stdin"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("text", "text")]
    [InlineData("-", "piped")]
    [InlineData("@in.txt", "from a file")]
    public async Task Run_StdinOption_GoesBeforeThePipe(string option, string expected)
    {
        Process.File("in.txt", "from a file");
        Process.Stdin = "piped"u8.ToArray();

        Assert.Equal(0, await Process.RunAsync("run", "main.py", "--stdin", option));
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
        Assert.Equal(2, await Process.RunAsync(arguments.Split(' ')));
        Assert.Contains(advice, Process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task Run_ProgramAndItsInputBothFromStandardInput_IsRefused()
    {
        Process.Stdin = "print(1)"u8.ToArray();

        Assert.Equal(2, await Process.RunAsync("run", "-", "-l", "python", "--stdin", "-"));
    }

    [Fact]
    public async Task Run_InputThatIsNotText_SaysHowToSendBytes()
    {
        Process.Stdin = [0xff, 0xfe];

        Assert.Equal(2, await Process.RunAsync("run", "main.py"));
        Assert.Contains("one more FILE", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerAndKey_AreTakenFromOptionsBeforeTheEnvironment()
    {
        Process.Environment["CODEEXEC_SERVER"] = "http://127.0.0.1:1";
        Process.Environment["CODEEXEC_KEY"] = "of the environment";

        Assert.Equal(0, await Process.RunAsync("run", "main.py", "--server", Server.Address.ToString().TrimEnd('/'), "--key", "given"));
        Assert.Equal("Bearer given", Server.Requests.First().Headers["Authorization"]);
    }

    [Fact]
    public async Task Run_KeyInTheEnvironment_IsSent()
    {
        Process.Environment["CODEEXEC_KEY"] = "of the environment";

        await Process.RunAsync("run", "main.py");

        Assert.All(Server.Requests, r => Assert.Equal("Bearer of the environment", r.Headers["Authorization"]));
    }

    private JsonObject Submitted() => (JsonObject)JsonNode.Parse(Encoding.UTF8.GetBytes(Server.SubmittedJson))!;
}
