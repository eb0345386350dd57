using System.Collections.Concurrent;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>What this process has in hand for executions at work: how to stop them, their open feeds, containers on their way out.</summary>
public sealed class RunningExecutions
{
    private readonly ConcurrentDictionary<ExecutionId, RunningExecution> _running = new();

    public int Count => _running.Count;

    /// <summary>The one entry for an execution, made by whoever asks first: a stop may come before the run.</summary>
    public RunningExecution For(ExecutionId id) => _running.GetOrAdd(id, static _ => new RunningExecution());

    /// <summary>Returns when no container of any of them is left: for the end of the host.</summary>
    public Task AllContainersGoneAsync() => Task.WhenAll(_running.Values.Select(running => running.Removal));

    public async Task RemoveAsync(ExecutionId id)
    {
        if (_running.TryRemove(id, out RunningExecution? running))
        {
            await running.DisposeAsync();
        }
    }
}

public sealed class RunningExecution : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _leave = new();

    /// <summary>Cancelled when somebody asked for the end.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Cancelled when the run is to be left in its container, for a later activity; one whose container ends with this process goes on here.</summary>
    public CancellationToken Leaving => _leave.Token;

    /// <summary>Cancelled when this process ends, or what follows the run in it: a container that outlives it is left then, too.</summary>
    public CancellationToken Following { get; set; }

    /// <summary>Whether its container is followed now, and outlives this process.</summary>
    public bool CanBeLeft { get; set; }

    /// <summary>The number of the last event that came.</summary>
    public long FollowedTo { get; set; }

    /// <summary>Open from the first thing that happens to the last.</summary>
    public ILogWriter? Feed { get; set; }

    /// <summary>Ends when its containers are gone.</summary>
    public Task Removal { get; private set; } = Task.CompletedTask;

    /// <summary>A container is on its way out.</summary>
    public void Leaves(Task removal)
    {
        lock (_gate)
        {
            Removal = Removal.IsCompleted ? removal : Task.WhenAll(Removal, removal);
        }
    }

    public Task StopAsync() => _stop.CancelAsync();

    public Task LeaveAsync() => _leave.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await Removal;
        if (Feed is not null)
        {
            await Feed.DisposeAsync();
        }

        _stop.Dispose();
        _leave.Dispose();
    }
}
