namespace CodeExec.Server.Tests;

/// <summary>One running server for the tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public ServerProcess Server { get; private set; } = null!;

    /// <summary>Why nothing can run on this machine; null if it can.</summary>
    public string? Obstacle { get; private set; }

    public async Task InitializeAsync()
    {
        Server = await ServerProcess.StartAsync();
        Obstacle = Server.Report.FirstOrDefault(line => line.StartsWith("Nothing can run", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Server.Data, recursive: true);
    }

    public void Require(string language)
    {
        Skip.If(Obstacle is not null, Obstacle);
        Skip.If(
            Server.Report.Any(line => line.StartsWith("  not installed:", StringComparison.Ordinal) && line.Contains($": {NameOf(language)} (", StringComparison.Ordinal)),
            $"{language} is not installed on this machine");
    }

    private static string NameOf(string language) => language switch
    {
        "cpp" => "C++",
        "javascript" => "JavaScript",
        "typescript" => "TypeScript",
        _ => char.ToUpperInvariant(language[0]) + language[1..],
    };
}
