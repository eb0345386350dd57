using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

/// <summary>Suggested tests from a shell.</summary>
public sealed class SuggestCommandTests : IAsyncLifetime
{
    private const string Suggested = """
        {"suggester": "rules", "model": null, "degraded": null, "uncovered": ["R2"], "canExpectFrom": ["code"], "executionId": null, "testCases": [
         {"id": "a", "name": "A", "stdin": "3 4\n", "expected": "7\n", "requirementIds": ["R1"], "kind": "example", "why": "It says so.", "source": "rules", "expectedFrom": "specification", "missing": []},
         {"id": "b", "name": "B", "stdin": null, "expected": null, "requirementIds": ["R2"], "kind": "open", "why": "Nobody says.", "source": "claude", "expectedFrom": null, "missing": ["stdin", "expected"], "note": "look \u001b"}]}
        """;

    private FakeServer _server = null!;
    private CliProcess _process = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _process = new CliProcess(_server);
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Suggest_Specification_SendsTheProgramAndShowsATable()
    {
        _process.File("main.py", "print(7)");
        _server.Accepts["/api/specifications/s1/suggested-tests"] = Suggested;

        Assert.Equal(0, await _process.RunAsync("suggest", "specification", "s1", "main.py", "--expected-from", "code", "--requirement", "R2", "--count", "5"));

        JsonNode sent = JsonNode.Parse(_server.Requests.Last().Body)!;
        Assert.Equal(("python", "main.py", "code", 5, "R2"), ((string?)sent["language"], (string?)sent["entry"], (string?)sent["expectedFrom"], (int)sent["count"]!, (string?)sent["requirementIds"]![0]));
        Assert.Equal(
            """
            TEST  FOR  KIND     INPUT  ANSWER  BY      WHY
            a     R1   example  3 4    7       rules   It says so.
            b     R2   open     ?      ?       claude  Nobody says.

            b: look \x1b
            Without a test: R2

            What to expect can be found out with --expected-from code.

            """,
            _process.Stdout);
    }

    [Fact]
    public async Task Accept_WhatJsonPrinted_SendsThoseThatAreWhole()
    {
        _server.Accepts["/api/problems/p/suggested-tests"] = Suggested;
        await _process.RunAsync("suggest", "problem", "p", "--json");
        _process.File("s.json", _process.Stdout);
        _server.Accepts["/api/specifications/s1/suggested-tests/accept"] = """{"id": "s1", "version": 4, "name": "Calculator", "requirementCount": 2, "testCount": 9}""";

        Assert.Equal(0, await _process.RunAsync("suggest", "accept", "s1", "s.json", "--hidden"));

        JsonNode sent = JsonNode.Parse(_server.Requests.Last().Body)!;
        JsonNode only = Assert.Single(sent["testCases"]!.AsArray())!;
        Assert.Equal(("a", "3 4\n", "7\n", true), ((string?)only["id"], (string?)only["stdin"], (string?)only["expected"], (bool)only["hidden"]!));
        Assert.EndsWith("1 tests added. Version 4 of Calculator has 9 tests.\n", _process.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no test 'x'", "--only", "x")]
    [InlineData("None of these", "--only", "b", "open.json")]
    [InlineData("not what", "broken.json")]
    public async Task Accept_ThatMakesNoSense_SaysWhatToDo(string expected, params string[] arguments)
    {
        _process.File("s.json", Suggested);
        _process.File("open.json", """{"testCases": [{"id": "b"}]}""");
        _process.File("broken.json", "{");
        string file = arguments.FirstOrDefault(argument => argument.EndsWith(".json", StringComparison.Ordinal), "s.json");

        string[] options = [.. arguments.Where(argument => argument != file && expected != "None of these")];
        Assert.Equal(2, await _process.RunAsync(["suggest", "accept", "s1", file, .. options]));
        Assert.Contains(expected, _process.Stderr, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }
}
