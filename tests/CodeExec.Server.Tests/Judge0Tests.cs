using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Programs of Judge0's clients, run for real: each row a program, and the status that Judge0 gives it.</summary>
public sealed class Judge0Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [SkippableTheory]
    [InlineData("python", 71, "print(input()[::-1])", 3)]
    [InlineData("python", 71, "print('else')", 4)]
    [InlineData("python", 71, "while True: pass", 5)]
    [InlineData("cpp", 54, "int main() { return x; }", 6)]
    [InlineData("c", 50, "int main() { *(volatile int *)0 = 1; }", 7)]
    [InlineData("c", 50, "#include <stdlib.h>\nint main() { abort(); }", 10)]
    [InlineData("python", 71, "exit(3)", 11)]
    [InlineData("python", 71, "x = bytearray(10**9)", 12)]
    public async Task Submit_Program_ComesToJudge0sStatus(string language, int id, string source, int status)
    {
        fixture.Require(language);

        JsonElement done = await PostAsync("?wait=true", new { source_code = source, language_id = id, stdin = "abc", expected_output = "cba\n", cpu_time_limit = 0.5, memory_limit = 128000 });

        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), done.At("status").Text("id"));
        Assert.Equal(status == 6, done.At("compile_output").ValueKind == JsonValueKind.String);
    }

    [SkippableTheory]
    [InlineData("cp a.txt b.txt", 3, "from a zip")]
    [InlineData("echo no compiler; exit 2", 6, "no compiler\n")]
    public async Task Submit_MultiFileProgram_IsBuiltAndStarted(string compile, int status, string output)
    {
        JsonElement done = await PostAsync("?wait=true", new { language_id = 89, additional_files = Convert.ToBase64String(ZipOf.Files(("compile", compile), ("run", "cat b.txt"), ("a.txt", "from a zip"))) });

        Assert.Equal(status, done.At("status").At("id").GetInt32());
        Assert.Equal(output, done.Text(status == 6 ? "compile_output" : "stdout"));
    }

    [SkippableFact]
    public async Task Submit_Batch_IsReadUnderItsTokens()
    {
        fixture.Require("python");
        JsonElement made = await PostAsync("/batch?base64_encoded=true", new { submissions = Enumerable.Range(0, 5).Select(i => new { source_code = Convert.ToBase64String(Encoding.UTF8.GetBytes($"print({i})")), language_id = 71 }) });
        string[] tokens = [.. made.EnumerateArray().Select(one => one.Text("token"))];
        foreach (string token in tokens)
        {
            await fixture.Server.UntilEndedAsync(token); // a token is an execution's id
        }

        JsonElement done = await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/judge0/submissions/batch?tokens={string.Join(',', tokens)}&fields=stdout");
        Assert.Equal(["0\n", "1\n", "2\n", "3\n", "4\n"], done.At("submissions").EnumerateArray().Select(one => one.Text("stdout")));
    }

    private async Task<JsonElement> PostAsync(string more, object body)
    {
        using HttpResponseMessage response = await fixture.Server.Http.PostAsJsonAsync("/api/judge0/submissions" + more, body);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }
}
