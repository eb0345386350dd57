using CodeExec.Contracts.Orchestration;
using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Engine.Embedded.Tests;

/// <summary>The embedded engine on a database file of its own.</summary>
/// <param name="file">Where, if not in a folder of its own.</param>
internal sealed class EmbeddedHarness(string? file = null) : IEngineHarness
{
    private readonly TemporaryFolder _folder = new();
    private OrchestrationRegistry _registry = new();
    private SqliteDatabase? _database;
    private EmbeddedEngine? _engine;

    public IOrchestrationEngine Engine => _engine!;

    public SqliteDatabase Database => _database!;

    public ManualTimeProvider Clock { get; } = new();

    public CommitFaults Faults { get; } = new();

    public async Task StartAsync(OrchestrationRegistry registry)
    {
        _registry = registry;
        _database = SqliteDatabase.Open(new() { File = file ?? _folder.File("engine.db"), Faults = Faults });
        _engine = new EmbeddedEngine(_database, registry, NoServices.Instance, new EmbeddedEngineOptions(), Clock, NullLoggerFactory.Instance);
        await _engine.StartAsync(CancellationToken.None);
    }

    public async Task RestartAsync(OrchestrationRegistry? registry = null)
    {
        await CloseAsync();
        await StartAsync(registry ?? _registry);
    }

    public async Task StopAndStartAsync()
    {
        await _engine!.StopAsync(CancellationToken.None);
        await RestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
        _database?.Dispose();
    }
}
