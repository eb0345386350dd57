namespace CodeExec.Server.Tests;

public sealed class StartUpTests
{
    [Fact]
    public async Task Start_OnAnOpenAddressWithoutAKey_RefusesAndSaysWhatToDo()
    {
        (int code, string said) = await ServerProcess.StartInVainAsync("--Http:Address=0.0.0.0");

        Assert.Equal(1, code);
        Assert.Contains("Auth:Keys", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongSettings_TellsAllOfThemAtOnce()
    {
        (int code, string said) = await ServerProcess.StartInVainAsync("--Containers:Pool:MaxRunning=0", "--Api:MaxBodyBytes=1");

        Assert.Equal(1, code);
        Assert.Contains("MaxRunning", said, StringComparison.Ordinal);
        Assert.Contains("MaxBodyBytes", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderOfAnotherServer_SaysSo()
    {
        await using ServerProcess first = await ServerProcess.StartAsync();

        (int code, string said) = await ServerProcess.StartInVainAsync($"--Data:Path={first.Data}");

        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Contains(first.Data, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortOfAnotherServer_SaysSoAndNothingElse()
    {
        await using ServerProcess first = await ServerProcess.StartAsync();

        (int code, string said) = await ServerProcess.StartInVainAsync($"--Http:Port={first.Address.Port}");

        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Contains("--port", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Idle_EndsWithNothingLeft()
    {
        ServerProcess server = await ServerProcess.StartAsync();

        int code = await server.StopAsync();

        Assert.Equal(0, code);
        Assert.Empty(Leftovers.Of(server));
    }
}
