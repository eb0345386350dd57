namespace CodeExec.Server.Tests;

/// <summary>One running server whose containers are Docker's, for the tests of a class.</summary>
public sealed class DockerServerFixture : IAsyncLifetime
{
    public ServerProcess? Server { get; private set; }

    /// <summary>Why nothing can run in Docker on this machine; null if it can.</summary>
    public string? Obstacle { get; private set; }

    public async Task InitializeAsync()
    {
        try
        {
            Server = await ServerProcess.StartAsync(settings: ["--Containers:Provider=docker"]);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("Containers:Provider is docker, and nothing can run there", StringComparison.Ordinal))
        {
            Obstacle = e.Message;
        }
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
            Directory.Delete(Server.Data, recursive: true);
        }
    }

    /// <summary>Skips where the language's image has not been built.</summary>
    public void Require(string language)
    {
        Skip.If(Obstacle is not null, Obstacle);
        string? missing = Server!.Report.FirstOrDefault(line => line.StartsWith("  not installed:", StringComparison.Ordinal) && line.Contains($"codeexec/{ImageOf(language)} ", StringComparison.Ordinal));
        Skip.If(missing is not null, missing);
    }

    private static string ImageOf(string language) => language switch
    {
        "javascript" or "typescript" => "node",
        "c" => "cpp",
        _ => language,
    };
}
