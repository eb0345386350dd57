using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Tests that are missing, with answers of a program that ran; taken over, they decide about the next one.</summary>
public sealed class SuggestionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Price = "try:\n    age = int(input())\n    print(10 if 18 <= age < 65 else 5)\nexcept ValueError:\n    print('error')\n";

    private HttpClient Http => fixture.Server.Http;

    [SkippableFact]
    public async Task Suggest_RunAcceptValidate_FindsWhatTheOldTestsDidNot()
    {
        fixture.Require("python");
        string id = (await PostAsync("/api/specifications", new
        {
            name = "Tickets",
            requirements = new[] { "R1: people from 18 to 64 pay 10", "R2: people under 18 pay 5", "R3: prints \"error\" for \"abc\"" },
            testCases = new[] { new { id = "t1", stdin = "25\n", expected = "10", requirementIds = new[] { "R1" } } },
        })).Text("id");

        JsonElement suggested = await PostAsync($"/api/specifications/{id}/suggested-tests", new { language = "python", code = Price, expectedFrom = "code" });
        JsonElement[] whole = [.. suggested.At("testCases").EnumerateArray().Where(one => one.At("missing").GetArrayLength() == 0)];
        JsonElement saved = await PostAsync($"/api/specifications/{id}/suggested-tests/accept", new { testCases = whole });

        Assert.Contains(whole, one => (one.Text("stdin"), one.Text("expected"), one.Text("expectedFrom")) == ("17\n", "5\n", "code"));
        Assert.Contains(whole, one => (one.Text("stdin"), one.Text("expected"), one.Text("expectedFrom")) == ("abc", "error", "specification"));
        Assert.Contains(suggested.At("testCases").EnumerateArray(), one => one.Text("kind") == "empty" && one.Text("note").Contains("runtimeError", StringComparison.Ordinal));
        Assert.Equal("2", saved.Text("version"));
        Assert.Equal("passed", (await ValidateAsync(id, Price)).Text("result"));
        JsonElement offByOne = await ValidateAsync(id, Price.Replace("18 <= age", "18 < age", StringComparison.Ordinal)); // the one old test saw nothing of it
        Assert.Equal("partial", offByOne.Text("result"));
        Assert.Contains("implementation", (await PostAsync($"/api/specifications/{id}/suggested-tests", new { })).At("canExpectFrom").EnumerateArray().Select(one => one.GetString()));
    }

    [SkippableFact]
    public async Task Suggest_ProblemWithAMainSolution_ItSaysWhatToExpect()
    {
        fixture.Require("python");
        await PostAsync("/api/problems", new
        {
            id = "sum",
            title = "A + B",
            statement = "Add them. 1 ≤ a, b ≤ 10^9",
            tests = new[] { new { stdin = "1 2\n", expected = "3" } },
            solutions = new[] { new { name = "main.py", language = "python", code = "print(sum(map(int, input().split())))", main = true } },
        });

        JsonElement suggested = await PostAsync("/api/problems/sum/suggested-tests", new { expectedFrom = "solution" });

        JsonElement most = suggested.At("testCases").EnumerateArray().First(one => one.Text("stdin") == "1000000000 1000000000\n");
        Assert.Equal(("2000000000\n", "solution"), (most.Text("expected"), most.Text("expectedFrom")));
    }

    private Task<JsonElement> ValidateAsync(string id, string code) => PostAsync($"/api/specifications/{id}/validate", new { language = "python", code });

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
