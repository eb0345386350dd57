using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded;
using CodeExec.Engine.Embedded.History;
using CodeExec.Functions.Activities;
using CodeExec.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>The orchestration of an execution, run by the embedded engine and then taken through the same history over Durable.</summary>
public sealed class ExecutionHistoryTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly ExecutionId _id = ExecutionSamples.Queued().Id;
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
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

    [Fact]
    public async Task Execution_RunsToItsEnd_IsTheSameOverDurable() => await CompareAsync(Registry((_, _) => Task.FromResult(new RunEnd(ExecutionStatus.Completed))));

    [Fact]
    public async Task Execution_EndCouldNotBeRecorded_IsTheSameOverDurable()
        => await CompareAsync(Registry((_, _) => Task.FromResult(new RunEnd(null, new ExecutionReport { Outcome = new ExecutionOutcome.Exited(3) }))));

    [Fact]
    public async Task Execution_ContainerIsLostTwice_IsTheSameOverDurable()
        => await CompareAsync(Registry((context, _) => context.Attempt < 3 ? throw new IOException($"lost {context.Attempt}") : Task.FromResult(new RunEnd(ExecutionStatus.Completed))));

    [Fact]
    public async Task Execution_ThereIsNoRoomForLong_UsesUpNoTriesAndIsTheSameOverDurable()
    {
        int asked = 0;
        await CompareAsync(Registry((context, _) =>
        {
            Assert.Equal(1, context.Attempt);
            return Task.FromResult(++asked < 7 ? new RunEnd(null, TryAgainAfter: TimeSpan.FromMilliseconds(1)) : new RunEnd(ExecutionStatus.Completed));
        }));
        Assert.Equal(7, asked);
    }

    [Fact]
    public async Task Execution_IsStoppedWhileItWaitsForRoom_EndsAtOnceAndIsTheSameOverDurable()
    {
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OrchestrationRegistry registry = Registry((_, _) =>
        {
            waits.TrySetResult();
            return Task.FromResult(new RunEnd(null, TryAgainAfter: TimeSpan.FromHours(1)));
        });

        await CompareAsync(registry, async engine =>
        {
            await waits.Task;
            Assert.True(await engine.RaiseEventAsync(_id.ToString(), ExecutionActivities.StopEvent, "", CancellationToken.None));
        });
    }

    [Fact]
    public async Task Execution_NeverGetsAContainer_IsTheSameOverDurable()
        => await CompareAsync(Registry((context, _) => throw new IOException($"none {context.Attempt}")));

    [Fact]
    public async Task Execution_IsStoppedWhileItRuns_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OrchestrationRegistry registry = Registry(
            async (_, _) =>
            {
                begun.TrySetResult();
                await stopped.Task;
                return new RunEnd(ExecutionStatus.Cancelled);
            },
            stopped.SetResult);

        await CompareAsync(registry, async engine =>
        {
            await begun.Task;
            Assert.True(await engine.RaiseEventAsync(_id.ToString(), ExecutionActivities.StopEvent, "", CancellationToken.None));
        });
    }

    private static OrchestrationRegistry Registry(Func<ActivityContext, ExecutionId, Task<RunEnd>> run, Action? stop = null)
        => new OrchestrationRegistry()
            .Add(ExecutionActivities.Orchestration, _ => new ExecutionOrchestration())
            .Activity(ExecutionActivities.Run, (context, id, _) => run(context, id))
            .Activity(ExecutionActivities.Stop, (_, _, _) =>
            {
                stop?.Invoke();
                return Task.FromResult(true);
            })
            .Activity(ExecutionActivities.Finish, (_, input, _) => Task.FromResult(input.Report.Outcome.ToStatus()))
            .Activity(ExecutionActivities.CleanUp, (_, _, _) => Task.FromResult(true));

    private async Task CompareAsync(OrchestrationRegistry registry, Func<IOrchestrationEngine, Task>? meanwhile = null)
    {
        await using EmbeddedEngine engine = new(_database, registry, _services, new EmbeddedEngineOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        await engine.StartAsync(ExecutionActivities.Orchestration, _id.ToString(), _id, null, CancellationToken.None);
        if (meanwhile is not null)
        {
            await meanwhile(engine);
        }
        InstanceStatus? ended = await engine.WaitForEndAsync(_id.ToString(), CancellationToken.None);
        Assert.Equal(InstanceState.Completed, ended!.State);

        RecordedHistory recorded = RecordedHistory.Read(_database, _id.ToString())!;
        Assert.True(await HistoryDriver.ReplayAsync(recorded, new OrchestrationRegistry().AddSpreadExecutions(), _services) >= 2);
    }
}
