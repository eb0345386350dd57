using System.Text.Json;
using CodeExec.Contracts.Azurite;

namespace CodeExec.Server.Tests;

/// <summary>The whole server on a storage account.</summary>
public sealed class AzureStorageTests
{
    [SkippableFact]
    public async Task Run_StoredInAzurite_IsThereWithOutputsLogsAndArtifactsAfterARestart()
    {
        AzuriteProcess.SkipWithoutAzurite();
        AzuriteProcess azurite = await AzuriteProcess.GetAsync();
        string[] settings = ["--Storage:Provider=azure", $"--Storage:Azure:ConnectionString={azurite.ConnectionString}", $"--Storage:Azure:Prefix={AzuriteProcess.NewPrefix()}"];
        string data = ServerProcess.NewDataFolder();
        string id;
        await using (ServerProcess server = await ServerProcess.StartAsync(data, settings))
        {
            string? obstacle = server.Report.FirstOrDefault(line => line.StartsWith("Nothing can run", StringComparison.Ordinal));
            Skip.If(obstacle is not null, obstacle);
            JsonElement run = await server.RunAsync(new
            {
                language = "python",
                code = "import os\nos.makedirs('out')\nopen('out/a.txt', 'w').write('kept')\nfor i in range(5000): print(f'line {i}')",
                artifacts = new[] { "out/**" },
                labels = new Dictionary<string, string> { ["course"] = "cs101" },
            });
            Assert.Equal("completed", run.Text("status"));
            id = run.Text("id");
            await AssertKeptAsync(server, id);
            Assert.Equal(0, await server.StopAsync());
        }

        string elsewhere = ServerProcess.NewDataFolder(); // the records are not on this machine
        await using (ServerProcess server = await ServerProcess.StartAsync(elsewhere, settings))
        {
            await AssertKeptAsync(server, id);
            using HttpResponseMessage deleted = await server.Http.DeleteAsync($"/api/executions/{id}");
            Assert.Equal(System.Net.HttpStatusCode.NoContent, deleted.StatusCode);
            using HttpResponseMessage gone = await server.Http.GetAsync($"/api/executions/{id}");
            Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
        }
        Directory.Delete(data, recursive: true);
        Directory.Delete(elsewhere, recursive: true);
    }

    [SkippableFact]
    public async Task Kill_WhileExecutionsRun_EachIsFinishedAfterTheRestart()
    {
        AzuriteProcess.SkipWithoutAzurite();
        AzuriteProcess azurite = await AzuriteProcess.GetAsync();
        string[] settings = ["--Storage:Provider=azure", $"--Storage:Azure:ConnectionString={azurite.ConnectionString}", $"--Storage:Azure:Prefix={AzuriteProcess.NewPrefix()}"];
        string data = ServerProcess.NewDataFolder();
        List<string> accepted = [];
        await using (ServerProcess server = await ServerProcess.StartAsync(data, settings))
        {
            string? obstacle = server.Report.FirstOrDefault(line => line.StartsWith("Nothing can run", StringComparison.Ordinal));
            Skip.If(obstacle is not null, obstacle);
            for (int i = 0; i < 6; i++)
            {
                accepted.Add((await server.RunAsync(new { language = "python", code = $"import time\nprint('begun', flush=True)\ntime.sleep(1)\nprint({i})" }, wait: 0)).Text("id"));
            }
            await server.Http.GetStringAsync($"/api/executions/{accepted[0]}"); // at least one is stored and under way
            await server.KillAsync();
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(data, settings))
        {
            for (int i = 0; i < accepted.Count; i++)
            {
                await server.Http.GetStringAsync($"/api/executions/{accepted[i]}/events"); // ends with the execution
                JsonElement ended = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/executions/{accepted[i]}"));
                Assert.Equal(("completed", $"begun\n{i}\n"), (ended.Text("status"), ended.At("run").Text("stdout")));
                JsonElement logs = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/executions/{accepted[i]}/logs?limit=1000"));
                Assert.Equal(Enumerable.Range(1, logs.At("items").GetArrayLength()), logs.At("items").EnumerateArray().Select(item => item.At("sequence").GetInt32()));
            }
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Start_StorageAccountNobodyServes_SaysSoAndEnds()
    {
        const string Nobody = "http://127.0.0.1:1/devstoreaccount1";

        (int code, string said) = await ServerProcess.StartInVainAsync(
            "--Storage:Provider=azure", $"--Storage:Azure:ConnectionString=AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint={Nobody};BlobEndpoint={Nobody};QueueEndpoint={Nobody}");

        Assert.Equal(1, code);
        Assert.Contains("can not be reached", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownStorageProvider_NamesThoseThereAre()
    {
        (int code, string said) = await ServerProcess.StartInVainAsync("--Storage:Provider=aws");

        Assert.Equal(1, code);
        Assert.Contains("'local' (the default) or 'azure'", said, StringComparison.Ordinal);
    }

    private static async Task AssertKeptAsync(ServerProcess server, string id)
    {
        JsonElement found = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/executions/{id}"));
        Assert.Equal("completed", found.Text("status"));
        JsonElement artifact = Assert.Single(found.At("artifacts").EnumerateArray());
        Assert.Equal("kept", await server.Http.GetStringAsync(new Uri(server.Address, artifact.Text("url"))));
        JsonElement link = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync(new Uri(server.Address, artifact.Text("url") + "?link=true")));
        Assert.Equal("kept", await server.Http.GetStringAsync(new Uri(link.Text("url"))));
        JsonElement logs = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/executions/{id}/logs?search=line%204999"));
        Assert.Equal("line 4999", Assert.Single(logs.At("items").EnumerateArray()).Text("message"));
        JsonElement listed = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync("/api/executions?label=course:cs101"));
        Assert.Equal(id, Assert.Single(listed.At("items").EnumerateArray()).Text("id"));
    }
}
