using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded;
using CodeExec.Engine.Embedded.History;
using CodeExec.Functions.Activities;
using CodeExec.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>An orchestration of ours, run by the embedded engine and then taken through the same history over Durable. Each orchestration has one such class; a test counts them.</summary>
public abstract class HistoryComparison<TOrchestration, TIn, TOut>(OrchestrationName<TIn, TOut> name, TIn input) : IAsyncLifetime
    where TOrchestration : IOrchestration<TIn, TOut>, new()
{
    private const string Id = "compared";

    /// <summary>How fast time goes by.</summary>
    protected TimeSpan Step { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When it all begins.</summary>
    protected static DateTimeOffset Start { get; } = new ManualTimeProvider().GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly ManualTimeProvider _clock = new();
    private SqliteDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(new SqliteDatabaseOptions { File = Path.Combine(_folder.FullName, "engine.db") });
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <param name="decisions">How many there are to be compared, its end included; null where that is chance.</param>
    /// <param name="meanwhile">What happens while it runs.</param>
    /// <param name="otherInput">In place of the usual one.</param>
    protected async Task CompareAsync(OrchestrationRegistry activities, TOut output, int? decisions, Func<Func<string, object, Task>, Task>? meanwhile = null, TIn? otherInput = default)
    {
        OrchestrationRegistry registry = activities.Add(name, _ => new TOrchestration());
        await using EmbeddedEngine engine = new(_database, registry, _services, new EmbeddedEngineOptions(), _clock, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        await engine.StartAsync(name, Id, otherInput is null || otherInput.Equals(default(TIn)) ? input : otherInput, null, CancellationToken.None);
        Task<InstanceStatus?> end = engine.WaitForEndAsync(Id, CancellationToken.None);
        Task happening = meanwhile?.Invoke(async (eventName, payload) => Assert.True(await engine.RaiseEventAsync(Id, eventName, payload, CancellationToken.None))) ?? Task.CompletedTask;
        while (!end.IsCompleted)
        {
            _clock.Advance(Step);
            await Task.Yield();
        }
        await happening;
        InstanceStatus ended = (await end)!;
        Assert.Equal((InstanceState.Completed, System.Text.Json.JsonSerializer.Serialize(output, OrchestrationJson.Options)), (ended.State, ended.Output));

        int compared = await CompareSoFarAsync();
        Assert.Equal(decisions ?? compared, compared);
    }

    /// <summary>As far as it has come in its present run: for those that go on for ever.</summary>
    /// <returns>How many decisions there were.</returns>
    protected Task<int> CompareSoFarAsync() => HistoryDriver.ReplayAsync(RecordedHistory.Read(_database, Id)!, SpreadActivities.Registry(), _services);
}
