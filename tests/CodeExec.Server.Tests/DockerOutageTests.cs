using System.Text.Json;

namespace CodeExec.Server.Tests;

public sealed class DockerOutageTests
{
    [SkippableFact]
    public async Task Run_DockerIsKilledInTheMiddle_EndsAfterItsReturn()
    {
        string? obstacle = OwnDocker.Obstacle;
        Skip.If(obstacle is not null, obstacle);
        await using OwnDocker docker = new();
        await docker.StartAsync();
        await docker.TakeImageAsync();
        await using ServerProcess server = await ServerProcess.StartAsync(settings: ["--Containers:Provider=docker", $"--Docker:Address={docker.Address}"]);
        JsonElement begun = await server.RunAsync(new { language = "python", code = "import time\nprint('begun', flush=True)\ntime.sleep(3)\nprint('ended')" }, wait: 0);
        string id = begun.Text("id");
        await server.UntilLoggedAsync(id, "begun");

        await docker.KillAsync();
        await server.UntilLoggedAsync(id, "trying again");
        await docker.StartAsync();

        JsonElement ended = await server.UntilEndedAsync(id);
        Assert.Equal("completed", ended.Text("status"));
        Assert.Equal("begun\nended\n", ended.At("run").Text("stdout"));

        Assert.Equal(0, await server.StopAsync());
        Assert.Equal("", await docker.ContainersAsync());
        Directory.Delete(server.Data, recursive: true);
    }
}
