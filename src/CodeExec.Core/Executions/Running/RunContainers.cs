using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

/// <summary>Containers for executions: each is taken with a right to run, and gone in the background when its work is done.</summary>
public sealed class RunContainers(IExecutionStore executions, ContainerPool pool, LeftRuns left, ExecutionSignals signals, TimeProvider clock, ILogger<RunContainers> logger)
{
    /// <summary>More runs than there are processors.</summary>
    public bool AreBusy => pool.Slots.Running > Environment.ProcessorCount;

    /// <summary>A processor has nothing to do.</summary>
    public bool HaveRoom => pool.Slots.Running < Environment.ProcessorCount && !OthersWait;

    public bool OthersWait => pool.Slots.Waiting > 0;

    /// <summary>Takes a container and gives it to <paramref name="work"/>; it is gone soon after, unless its run was left.</summary>
    public Task UseAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, ContainerSpec spec, ExecutionPriority priority, Func<IContainer, Task> work, CancellationToken cancellationToken)
        => UseAsync(entry, id, provider, spec, priority, alone: false, work, cancellationToken);

    /// <param name="alone">It has the places of a whole processor.</param>
    public Task UseAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, ContainerSpec spec, ExecutionPriority priority, bool alone, Func<IContainer, Task> work, CancellationToken cancellationToken)
        => UseAsync(entry, id, provider, spec, priority, alone ? pool.Slots.PlacesOfAProcessor : 1, work, cancellationToken);

    private async Task UseAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, ContainerSpec spec, ExecutionPriority priority, int places, Func<IContainer, Task> work, CancellationToken cancellationToken)
    {
        using RunSlots.Slot slot = await pool.Slots.TakeAsync((int)priority, places, cancellationToken);
        await UseAsync(entry, id, await pool.TakeAsync(provider, spec, (int)priority, cancellationToken), work);
    }

    /// <summary>The same with a container that runs already.</summary>
    public async Task UseAsync(RunningExecution entry, ExecutionId id, IContainer container, Func<IContainer, Task> work)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(work);
        bool goesOn = false;
        try
        {
            await work(container);
        }
        catch (RunLeftException)
        {
            goesOn = true;
            throw;
        }
        finally
        {
            if (!goesOn)
            {
                entry.Spend(container.CostSoFar);
                await ForgetAsync(id, container);
                entry.Leaves(RemoveAsync(id, container));
            }
        }
    }

    /// <summary>The same with two containers whose programs speak with each other: each has a place, for both may work at the same time.</summary>
    public Task UsePairAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, (ContainerSpec One, ContainerSpec Other) specs, ExecutionPriority priority, bool alone, Func<IContainer, IContainer, Task> work, CancellationToken cancellationToken)
        => UseAsync(
            entry,
            id,
            provider,
            specs.One,
            priority,
            alone ? 2 * pool.Slots.PlacesOfAProcessor : 2,
            async one =>
            {
                IContainer other = await pool.TakeAsync(provider, specs.Other, (int)priority, cancellationToken);
                try
                {
                    await work(one, other);
                }
                finally
                {
                    entry.Spend(other.CostSoFar);
                    entry.Leaves(RemoveAsync(id, other));
                }
            },
            cancellationToken);

    /// <summary>First the record, then the feed: who has read in the feed that it runs finds that in the record.</summary>
    internal async Task MarkRunningAsync(RunningExecution entry, ExecutionRecord record, ILogWriter feed, string provider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ExecutionRecord? current = record;
        while (current is not null && !current.Status.IsFinal())
        {
            if (await executions.TryNoteAsync(current.MoveTo(ExecutionStatus.Running) with { StartedAt = at }, cancellationToken) is not null)
            {
                feed.SayStatus(clock, ExecutionStatus.Running, $"Running in {provider}");
                signals.Notify(record.Id);
                return;
            }

            current = await executions.FindAsync(record.Id, cancellationToken);
        }

        await entry.StopAsync(); // somebody ended it a moment before it began
    }

    // Nobody is to find a run whose container is about to go.
    private async Task ForgetAsync(ExecutionId id, IContainer container)
    {
        if (container is not ILastingContainer)
        {
            return;
        }

        try
        {
            await left.ForgetAsync(id, CancellationToken.None);
        }
#pragma warning disable CA1031 // who finds it finds no container with it
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RunNotForgotten(id, e.Message);
        }
    }

    private async Task RemoveAsync(ExecutionId id, IContainer container)
    {
        try
        {
            await container.DisposeAsync();
        }
#pragma warning disable CA1031 // whatever went wrong, the execution's own result stands; the reaper comes again at the next start
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RemovalFailed(id, e);
        }
    }
}
