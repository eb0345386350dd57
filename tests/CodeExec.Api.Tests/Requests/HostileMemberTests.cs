using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Submissions whose members can not be: the answer names the member, and nothing is accepted.</summary>
[Collection(HostileInputServer.Name)]
public sealed class HostileMemberTests(HostileInputServer server)
{
    private ApiHost Host => server.Host;

    [Theory]
    [InlineData("""{"language":7,"code":"x"}""", "language")]
    [InlineData("""{"language":["python"],"code":"x"}""", "language")]
    [InlineData("""{"language":"python","code":{}}""", "code")]
    [InlineData("""{"language":"python","code":true}""", "code")]
    [InlineData("""{"language":"python","code":"\ud800"}""", "code")]
    [InlineData("""{"language":"python","code":"x","stdin":"a\udc00b"}""", "stdin")]
    [InlineData("""{"language":"python","code":"x","args":"a"}""", "args")]
    [InlineData("""{"language":"python","code":"x","args":[1]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":[null]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":["a\u0000b"]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","args":["\ud800"]}""", "args[0]")]
    [InlineData("""{"language":"python","code":"x","compileArgs":["\u0000"]}""", "compileArgs[0]")]
    [InlineData("""{"language":"python","code":"x","env":[]}""", "env")]
    [InlineData("""{"language":"python","code":"x","env":{"A":1}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A":null}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A=B":"c"}}""", "env")]
    [InlineData("""{"language":"python","code":"x","env":{"A":"\u0000"}}""", "env.A")]
    [InlineData("""{"language":"python","code":"x","env":{"A":"1"},"secrets":{"A":"2"}}""", "secrets.A")]
    [InlineData("""{"language":"python","code":"x","secrets":{"A":""}}""", "secrets.A")]
    [InlineData("""{"language":"python","code":"x","limits":[]}""", "limits")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":0}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":-5}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":1.5}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":1e400}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":99999999999999999999}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"memoryMb":"256"}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"x","limits":{"wallTimeMs":2147483648}}""", "limits.wallTimeMs")]
    [InlineData("""{"language":"python","code":"x","limits":{"fileSize":1}}""", "limits.fileSize")]
    [InlineData("""{"language":"python","code":"x","compileLimits":{"cpuTimeMs":0}}""", "compileLimits.cpuTimeMs")]
    [InlineData("""{"language":"python","code":"x","files":{}}""", "files")]
    [InlineData("""{"language":"python","code":"x","files":[1]}""", "files[0]")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a"}]}""", "files[0].content")]
    [InlineData("""{"language":"python","code":"x","files":[{"content":""}]}""", "files[0].path")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a","content":"","mode":511}]}""", "files[0].mode")]
    [InlineData("""{"language":"python","code":"x","files":[{"path":"a","content":"","encoding":"utf16"}]}""", "files[0].encoding")]
    [InlineData("""{"language":"python","code":"x","id":"mine"}""", "id")]
    [InlineData("""{"language":"python","code":"x","status":"completed"}""", "status")]
    [InlineData("""{"language":"python","code":"x","tenant":"other"}""", "tenant")]
    [InlineData("""{"language":"python","code":"x","Language":"c"}""", "Language")]
    [InlineData("""{"language":"python; rm -rf /","code":"x"}""", "language")]
    [InlineData("""{"language":"--help","code":"x"}""", "language")]
    [InlineData("""{"language":"","code":"x"}""", "language")]
    [InlineData("""{"language":"python","version":"2.7","code":"x"}""", "version")]
    [InlineData("""{"language":"python","version":"../3","code":"x"}""", "version")]
    [InlineData("""{"language":"python","code":"x","network":"NONE"}""", "network")]
    [InlineData("""{"language":"python","code":"x","network":"host"}""", "network")]
    [InlineData("""{"language":"python","code":"x","priority":"urgent"}""", "priority")]
    [InlineData("""{"language":"python","code":"x","provider":"../cells"}""", "provider")]
    [InlineData("""{"language":"python","code":"x","labels":{"a":1}}""", "labels.a")]
    [InlineData("""{"language":"python","code":"x","artifacts":["../*"]}""", "artifacts[0]")]
    [InlineData("""{"language":"python","code":"x","artifacts":["/etc/passwd"]}""", "artifacts[0]")]
    [InlineData("""{"language":"python"}""", "code")]
    public async Task Submit_AMemberThatCanNotBe_Is400AndNamesIt(string body, string field)
        => (await Host.PostAsync("/api/executions", body)).IsProblem(400, "invalid-request").HasError(field);

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("..\\a")]
    [InlineData("a\\b")]
    [InlineData("C:/a")]
    [InlineData("c:a")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("\u001b[31m")]
    [InlineData("a\u007f")]
    [InlineData("con")]
    [InlineData("dir/NUL.txt")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Submit_APathThatCouldLeadElsewhere_Is400(string path)
    {
        string json = JsonSerializer.Serialize(path);

        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{"path":{{json}},"content":""}]}""")).IsProblem(400, "invalid-request").HasError("files[0].path");
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","entry":{{json}}}""")).IsProblem(400, "invalid-request").HasError("entry");
    }

    [Fact]
    public async Task Submit_NamesAreBounded()
    {
        string name = new('n', 256);
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{"path":"{{name}}","content":""}]}""")).IsProblem(400, "invalid-request").HasError("files[0].path");
        string files = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"path":"f{{i}}","content":""}"""));
        (await Host.PostAsync("/api/executions", $$"""{"language":"python","code":"x","files":[{{files}}]}""")).IsProblem(400, "invalid-request").HasError("files");
    }

    [Fact]
    public async Task Submit_ShellCharacters_AreTakenAsTheyAre()
    {
        string[] args = ["; rm -rf /", "$(id)", "`id`", "--help", "-x", "a\nb", "'\"", "*"];
        IReadOnlyList<string>? taken = null;
        Host.Executions.OnAccepted = (service, record, spec) =>
        {
            taken = spec.Args;
            return service.EchoAsync(record, spec);
        };

        await Host.PostAsync("/api/executions", JsonSerializer.Serialize(new { language = "python", code = "x", args }));

        Assert.Equal(args, taken);
    }
}
