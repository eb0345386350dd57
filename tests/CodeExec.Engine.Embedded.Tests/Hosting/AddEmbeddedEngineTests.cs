using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Engine.Embedded.Tests.Hosting;

public sealed class AddEmbeddedEngineTests : IDisposable
{
    private static readonly OrchestrationName<int, int> Main = new("Main");
    private static readonly ActivityName<int, int> Work = new("Work");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddEmbeddedEngine_HostStarts_TheEngineRunsAndActivitiesHaveAScopeOfTheirOwn()
    {
        HashSet<Scoped> seen = [];
        using IHost host = Build(new OrchestrationRegistry()
            .Orchestration(Main, async (context, n) => await context.CallActivityAsync(Work, n) + await context.CallActivityAsync(Work, n))
            .Add(Work, services => new ScopedActivity(services.GetRequiredService<Scoped>(), seen)));
        await host.StartAsync();
        IOrchestrationEngine engine = host.Services.GetRequiredService<IOrchestrationEngine>();
        await engine.StartAsync(Main, "one", 4, null, CancellationToken.None);
        InstanceStatus? ended = await engine.WaitForEndAsync("one", CancellationToken.None);
        await host.StopAsync();

        Assert.Equal("8", ended!.Output);
        Assert.Equal(2, seen.Count);
        Assert.All(seen, scoped => Assert.True(scoped.IsDisposed));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.StartAsync(Main, "late", 4, null, CancellationToken.None));
    }

    [Fact]
    public async Task AddEmbeddedEngine_OptionsOutOfBounds_TheHostDoesNotStartAndSaysAllOfThem()
    {
        using IHost host = Build(new OrchestrationRegistry(), options =>
        {
            options.ShutdownGrace = TimeSpan.FromDays(1);
            options.ResumeParallelism = 0;
        });
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(nameof(EmbeddedEngineOptions.ShutdownGrace), refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EmbeddedEngineOptions.ResumeParallelism), refused.Message, StringComparison.Ordinal);
    }

    private IHost Build(OrchestrationRegistry registry, Action<EmbeddedEngineOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(_ => SqliteDatabase.Open(new() { File = _folder.File("engine.db") }));
        builder.Services.AddSingleton(registry);
        builder.Services.AddScoped<Scoped>();
        builder.Services.AddEmbeddedEngine(configure);
        return builder.Build();
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class ScopedActivity(Scoped scoped, HashSet<Scoped> seen) : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityContext context, int input, CancellationToken cancellationToken)
        {
            Assert.False(scoped.IsDisposed);
            Assert.True(seen.Add(scoped));
            return Task.FromResult(input);
        }
    }
}
