using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

/// <summary>Suggested tests from a shell.</summary>
public sealed class SuggestCommandTests : CommandLineTest
{
    private const string Suggested = """
        {"suggester": "rules", "model": null, "degraded": null, "uncovered": ["R2"], "canExpectFrom": ["code"], "executionId": null, "testCases": [
         {"id": "a", "name": "A", "stdin": "3 4\n", "expected": "7\n", "requirementIds": ["R1"], "kind": "example", "why": "It says so.", "source": "rules", "expectedFrom": "specification", "missing": []},
         {"id": "b", "name": "B", "stdin": null, "expected": null, "requirementIds": ["R2"], "kind": "open", "why": "Nobody says.", "source": "claude", "expectedFrom": null, "missing": ["stdin", "expected"], "note": "look \u001b"}]}
        """;

    [Fact]
    public async Task Suggest_Specification_SendsTheProgramAndShowsATable()
    {
        Process.File("main.py", "print(7)");
        Server.Accepts["/api/specifications/s1/suggested-tests"] = Suggested;

        Assert.Equal(0, await Process.RunAsync("suggest", "specification", "s1", "main.py", "--expected-from", "code", "--requirement", "R2", "--count", "5"));

        JsonNode sent = JsonNode.Parse(Server.Requests.Last().Body)!;
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
            Process.Stdout);
    }

    [Fact]
    public async Task Accept_WhatJsonPrinted_SendsThoseThatAreWhole()
    {
        Server.Accepts["/api/problems/p/suggested-tests"] = Suggested;
        await Process.RunAsync("suggest", "problem", "p", "--json");
        Process.File("s.json", Process.Stdout);
        Server.Accepts["/api/specifications/s1/suggested-tests/accept"] = """{"id": "s1", "version": 4, "name": "Calculator", "requirementCount": 2, "testCount": 9}""";

        Assert.Equal(0, await Process.RunAsync("suggest", "accept", "s1", "s.json", "--hidden"));

        JsonNode sent = JsonNode.Parse(Server.Requests.Last().Body)!;
        JsonNode only = Assert.Single(sent["testCases"]!.AsArray())!;
        Assert.Equal(("a", "3 4\n", "7\n", true), ((string?)only["id"], (string?)only["stdin"], (string?)only["expected"], (bool)only["hidden"]!));
        Assert.EndsWith("1 tests added. Version 4 of Calculator has 9 tests.\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no test 'x'", "--only", "x")]
    [InlineData("None of these", "--only", "b", "open.json")]
    [InlineData("not what", "broken.json")]
    public async Task Accept_ThatMakesNoSense_SaysWhatToDo(string expected, params string[] arguments)
    {
        Process.File("s.json", Suggested);
        Process.File("open.json", """{"testCases": [{"id": "b"}]}""");
        Process.File("broken.json", "{");
        string file = arguments.FirstOrDefault(argument => argument.EndsWith(".json", StringComparison.Ordinal), "s.json");

        string[] options = [.. arguments.Where(argument => argument != file && expected != "None of these")];
        Assert.Equal(2, await Process.RunAsync(["suggest", "accept", "s1", file, .. options]));
        Assert.Contains(expected, Process.Stderr, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }
}
