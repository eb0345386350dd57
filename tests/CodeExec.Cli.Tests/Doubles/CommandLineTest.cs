namespace CodeExec.Cli.Tests.Doubles;

/// <summary>What tests of the program share: a server, and a process of the program that knows it.</summary>
public abstract class CommandLineTest : IAsyncLifetime
{
    private protected FakeServer Server { get; private set; } = null!;

    private protected CliProcess Process { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await FakeServer.StartAsync();
        Process = new CliProcess(Server);
        Prepare();
    }

    public virtual async Task DisposeAsync()
    {
        Process.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>What each test of a class begins with.</summary>
    protected virtual void Prepare()
    {
    }
}
