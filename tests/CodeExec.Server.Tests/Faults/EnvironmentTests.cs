using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CodeExec.Contracts.Disks;

namespace CodeExec.Server.Tests.Faults;

/// <summary>What is around the server fails: each has a clear outcome.</summary>
public sealed class EnvironmentTests
{
    [SkippableFact]
    public async Task Disk_IsFullForAWhile_RefusesWith503AndGoesOnAfterwards()
    {
        using SmallDisk? disk = SmallDisk.TryMake(32);
        Skip.If(disk is null, "This process may not mount a file system to fill up.");
        await using ServerProcess server = await ServerProcess.StartAsync(disk!.Path);
        Skip.If(server.Report.Any(line => line.StartsWith("Nothing can run", StringComparison.Ordinal)), "no container can be made on this machine");
        List<string> accepted = [];
        HashSet<HttpStatusCode> answers = [];
        disk.Fill();
        for (int i = 0; i < 500 && !answers.Contains(HttpStatusCode.ServiceUnavailable); i++)
        {
            using HttpResponseMessage answer = await SubmitAsync(server);
            answers.Add(answer.StatusCode);
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            if (answer.IsSuccessStatusCode)
            {
                accepted.Add(await IdOfAsync(answer));
            }
            else
            {
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
                Assert.NotNull(answer.Headers.RetryAfter);
            }
        }

        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
        using HttpResponseMessage health = await server.Http.GetAsync("/health"); // it answers, whatever it says
        disk.Free();
        using HttpResponseMessage afterwards = await SubmitAsync(server);

        Assert.Equal(HttpStatusCode.Accepted, afterwards.StatusCode);
        foreach (string id in accepted.Append(await IdOfAsync(afterwards)))
        {
            await server.Http.GetStringAsync($"/api/executions/{id}/events"); // ends with the execution
            Assert.Equal("completed", (await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}")).Text("status"));
        }
    }

    [SkippableFact]
    public async Task Start_DataFolderCanNotBeWritten_SaysSo()
    {
        using SmallDisk? disk = SmallDisk.TryMake();
        Skip.If(disk is null || !disk.TryMakeReadOnly(), "This process may not mount a file system.");

        (int code, string said) = await ServerProcess.StartInVainAsync($"--Data:Path={disk!.Path}");

        Assert.Equal(1, code);
        Assert.Contains(disk.Path, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseIsDamagedAfterAKill_SaysWhatToDo()
    {
        ServerProcess killed = await ServerProcess.StartAsync();
        await killed.KillAsync();
        string database = Path.Combine(killed.Data, "codeexec.db");
        File.Delete(database + "-wal"); // it may hold whole pages to mend the file with
        using (FileStream file = File.OpenWrite(database))
        {
            file.Write(new byte[8192]);
        }

        (int code, string said) = await ServerProcess.StartInVainAsync($"--Data:Path={killed.Data}");

        Assert.Equal(1, code);
        Assert.Contains("is damaged", said, StringComparison.Ordinal);
        Assert.Contains("backup", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Directory.Delete(killed.Data, recursive: true);
    }

    private static Task<HttpResponseMessage> SubmitAsync(ServerProcess server)
        => server.Http.PostAsJsonAsync("/api/executions", new { language = "bash", code = "echo 1" });

    private static async Task<string> IdOfAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
}
