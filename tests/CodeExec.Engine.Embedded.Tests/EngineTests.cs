using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests;

/// <summary>An engine for each test, and how to wait for it.</summary>
public abstract class EngineTests : IAsyncLifetime
{
    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(60);

    internal EmbeddedHarness Harness { get; } = new();

    protected IOrchestrationEngine Engine => Harness.Engine;

    protected ManualTimeProvider Clock => Harness.Clock;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync() => await Harness.DisposeAsync();

    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(NoProgress, TimeProvider.System);

    protected static Task Soon(Task task) => task.WaitAsync(NoProgress, TimeProvider.System);

    /// <summary>Moves the clock whenever somebody waits for it, until the task has ended.</summary>
    protected async Task<T> PassTimeUntilAsync<T>(Task<T> task, TimeSpan step)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            await Soon(Task.WhenAny(task, Clock.WhenTimersAreSetAsync()));
            if (!task.IsCompleted)
            {
                Clock.Advance(step);
            }
        }
        return await task;
    }

    /// <summary>Looks until it is so: nobody but a test waits for a suspension.</summary>
    protected Task<InstanceStatus> UntilSuspendedAsync(string id) => Soon(Task.Run(async () =>
    {
        while (true)
        {
            if (await Engine.FindAsync(id, CancellationToken.None) is { State: InstanceState.Suspended } suspended)
            {
                return suspended;
            }
            await Task.Yield();
        }
    }));
}
