using System.Collections.Concurrent;
using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

/// <summary>What every durable engine must do. An adapter's tests derive from it and say how to make the engine.</summary>
public abstract partial class OrchestrationEngineContract : IAsyncLifetime
{
    /// <summary>What the default code of <see cref="Registry"/> is called.</summary>
    protected static readonly OrchestrationName<int, int> Main = new("Main");
    protected static readonly OrchestrationName<int, int> Child = new("Child");
    protected static readonly ActivityName<int, int> Work = new("Work");
    protected static readonly ActivityName<string, string> Note = new("Note");

    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(60);

    private IEngineHarness? _harness;

    protected IEngineHarness Harness => _harness!;

    protected IOrchestrationEngine Engine => Harness.Engine;

    protected ManualTimeProvider Clock => Harness.Clock;

    /// <summary>What activities have done, in order, with their attempts: "Name input #attempt".</summary>
    protected ConcurrentQueue<string> Done { get; } = new();

    public virtual Task InitializeAsync()
    {
        _harness = CreateHarness();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Harness.DisposeAsync();

    protected abstract IEngineHarness CreateHarness();

    /// <summary>A registry with an activity that adds one and one that writes down what it is told; <paramref name="main"/> is the orchestration.</summary>
    protected OrchestrationRegistry Registry(Func<OrchestrationContext, int, Task<int>> main, OrchestrationLimits? limits = null)
        => new OrchestrationRegistry()
            .Orchestration(Main, main, limits)
            .Activity(Note, (context, text, _) => Write(context, text));

    protected Task<string> Write(ActivityContext context, string text)
    {
        ArgumentNullException.ThrowIfNull(context);
        Done.Enqueue($"{text} #{context.Attempt}");
        return Task.FromResult(text);
    }

    protected async Task<InstanceStatus> RunAsync(int input = 0, string id = "one")
    {
        await Engine.StartAsync(Main, id, input, null, CancellationToken.None);
        return await EndAsync(id);
    }

    /// <summary>Waits for an end that must come by itself; a hang becomes a failure instead of a stuck build.</summary>
    protected async Task<InstanceStatus> EndAsync(string id = "one")
        => await Soon(Engine.WaitForEndAsync(id, CancellationToken.None)) ?? throw new InvalidOperationException($"'{id}' does not exist.");

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

    protected static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
