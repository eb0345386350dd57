using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>What an execution promises beside running its program.</summary>
public sealed class ExecutionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Run_FilesArgumentsEnvironmentArtifacts_AllArrive()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys, os\nfrom lib.a import f\nos.makedirs('out/x')\nopen('out/x/r.txt', 'w').write(f(sys.argv[1]))\nos.symlink('/etc/passwd', 'out/link')\nprint(os.environ['A'], open('data.bin', 'rb').read())",
            files = new object[] { new { path = "lib/a.py", content = "def f(x): return x * 2" }, new { path = "data.bin", content = "AAH/", encoding = "base64" } },
            args = new[] { "ab c" },
            env = new Dictionary<string, string> { ["A"] = "ü" },
            artifacts = new[] { "out/**" },
            labels = new Dictionary<string, string> { ["course"] = "cs101" },
        });

        Assert.Equal("ü b'\\x00\\x01\\xff'\n", run.At("run").Text("stdout"));
        JsonElement artifact = Assert.Single(run.At("artifacts").EnumerateArray(), a => a.Text("path") == "out/x/r.txt");
        Assert.Equal("ab cab c", await Server.Http.GetStringAsync(new Uri(Server.Address, artifact.Text("url"))));
        using HttpResponseMessage link = await Server.Http.GetAsync($"/api/executions/{run.Text("id")}/artifacts/out/link");
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);
    }

    [SkippableFact]
    public async Task Run_SecretIsPrinted_NobodySeesIt()
    {
        fixture.Require("python");
        const string Secret = "s3cr3t-canary-value";
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import os, sys, time\nt = os.environ['TOKEN']\nsys.stdout.write(t[:5]); sys.stdout.flush(); time.sleep(0.1); sys.stdout.write(t[5:] + '\\n')\nprint(t, file=sys.stderr)\nprint(len(t))",
            secrets = new Dictionary<string, string> { ["TOKEN"] = Secret },
        });

        Assert.Equal($"***\n{Secret.Length}\n", run.At("run").Text("stdout"));
        Assert.Equal("***\n", run.At("run").Text("stderr"));
        string logs = await Server.Http.GetStringAsync($"/api/executions/{run.Text("id")}/logs");
        Assert.DoesNotContain(Secret, logs, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Server.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(Secret, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Stop_Running_EndsAsCancelledAndIsRepeatable()
    {
        fixture.Require("python");
        string id = await SubmitAsync(new { language = "python", code = "print('up', flush=True)\nimport time\ntime.sleep(60)" });
        await UntilAsync(id, "running");

        using HttpResponseMessage stop = await Server.Http.PostAsync($"/api/executions/{id}/stop", null);
        Assert.Equal(HttpStatusCode.Accepted, stop.StatusCode);
        JsonElement ended = await UntilAsync(id, "cancelled");
        Assert.Equal("cancelled", ended.At("outcome").Text("kind"));
        using HttpResponseMessage again = await Server.Http.PostAsync($"/api/executions/{id}/stop", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [SkippableFact]
    public async Task Delete_Running_StopsItAndForgetsIt()
    {
        fixture.Require("python");
        string id = await SubmitAsync(new { language = "python", code = "import time\ntime.sleep(60)" });
        await UntilAsync(id, "running");

        using HttpResponseMessage deleted = await Server.Http.DeleteAsync($"/api/executions/{id}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using HttpResponseMessage gone = await Server.Http.GetAsync($"/api/executions/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [SkippableFact]
    public async Task Submit_SameKeyTwentyTimesAtOnce_OneExecution()
    {
        fixture.Require("python");
        string key = Guid.NewGuid().ToString();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/executions") { Content = JsonContent.Create(new { language = "python", code = "print(1)" }) };
            request.Headers.Add("Idempotency-Key", key);
            using HttpResponseMessage response = await Server.Http.SendAsync(request);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        }));

        Assert.Single(ids.Distinct());
        using HttpRequestMessage other = new(HttpMethod.Post, "/api/executions") { Content = JsonContent.Create(new { language = "python", code = "print(2)" }) };
        other.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage conflict = await Server.Http.SendAsync(other);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
    }

    [SkippableFact]
    public async Task Logs_OfAnEndedExecution_AreNumberedWithoutAGapAndStreamTheSame()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new { language = "python", code = "import sys\nfor i in range(500):\n    print('line', i)\nprint('bad', file=sys.stderr)\nsys.stdout.write('open')" });
        string id = run.Text("id");

        JsonElement page = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}/logs?limit=1000");
        List<JsonElement> entries = [.. page.At("items").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(e => e.At("sequence").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"line {i}").Append("open"), entries.Where(e => e.Text("source") == "stdout").Select(e => e.Text("message")));

        string stream = await Server.Http.GetStringAsync($"/api/executions/{id}/logs/stream?after=3");
        Assert.Equal(entries.Skip(3).Select(e => $"id: {e.Text("sequence")}"), stream.Split('\n').Where(line => line.StartsWith("id:", StringComparison.Ordinal)));

        JsonElement found = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}/logs?search=line%20499&source=stdout");
        Assert.Equal(1, found.At("total").GetInt32());
    }

    [SkippableFact]
    public async Task Metrics_AfterAnExecution_ShowHowLongItTook()
    {
        fixture.Require("python");
        await Server.RunAsync(new { language = "python", code = "print(1)" });

        string metrics = await Server.Http.GetStringAsync("/metrics");

        Assert.Matches("codeexec_execution_duration_seconds_count\\{language=\"python\",status=\"completed\"\\} [1-9]", metrics);
    }

    [SkippableFact]
    public async Task Outputs_EveryByteThereIs_CanBeHadExactly()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new { language = "python", code = "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 3)" });

        byte[] bytes = await Server.Http.GetByteArrayAsync($"/api/executions/{run.Text("id")}/outputs/run/stdout");

        Assert.Equal(Enumerable.Range(0, 768).Select(i => (byte)i), bytes);
        Assert.Contains("\ufffd", run.At("run").Text("stdout"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_TwoHundredAtOnce_AllEndAndNothingIsLeft()
    {
        fixture.Require("python");
        JsonElement[] runs = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Server.RunAsync(new { language = "python", code = $"print({i})" })));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}\n"), runs.Select(run => run.At("run").Text("stdout")));
        Assert.Equal("healthy", (await Server.Http.GetFromJsonAsync<JsonElement>("/health")).Text("status"));
    }

    [SkippableFact]
    public async Task Run_InterpreterSettings_CountAlthoughInterpretersWait()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys; print(sys.flags.optimize, hash('a'))",
            env = new Dictionary<string, string> { ["PYTHONOPTIMIZE"] = "2", ["PYTHONHASHSEED"] = "0" },
        });
        JsonElement again = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys; print(sys.flags.optimize, hash('a'))",
            env = new Dictionary<string, string> { ["PYTHONOPTIMIZE"] = "2", ["PYTHONHASHSEED"] = "0" },
        });

        Assert.StartsWith("2 ", run.At("run").Text("stdout"), StringComparison.Ordinal);
        Assert.Equal(run.At("run").Text("stdout"), again.At("run").Text("stdout"));
    }

    private async Task<string> SubmitAsync(object submission)
    {
        using HttpResponseMessage response = await Server.Http.PostAsJsonAsync("/api/executions", submission);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
    }

    /// <summary>Follows the events until the execution has this status.</summary>
    private async Task<JsonElement> UntilAsync(string id, string status)
    {
        await using Stream events = await Server.Http.GetStreamAsync($"/api/executions/{id}/events");
        using StreamReader reader = new(events);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains($"\"{status}\"", StringComparison.Ordinal))
            {
                break;
            }
        }

        JsonElement execution = await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}");
        Assert.Equal(status, execution.Text("status"));
        return execution;
    }
}
