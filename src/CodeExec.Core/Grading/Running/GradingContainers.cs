using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Grading.Running;

/// <summary>Containers for graded work: each is taken with a right to run, and gone in the background when its work is done.</summary>
public sealed class GradingContainers(IExecutionStore executions, ContainerPool pool, ExecutionSignals signals, TimeProvider clock, ILogger<GradedRun> logger)
{
    /// <summary>More runs than there are processors.</summary>
    public bool AreBusy => pool.Slots.Running > Environment.ProcessorCount;

    /// <summary>A processor has nothing to do.</summary>
    public bool HaveRoom => pool.Slots.Running < Environment.ProcessorCount && !OthersWait;

    public bool OthersWait => pool.Slots.Waiting > 0;

    /// <summary>Takes a container and gives it to <paramref name="work"/>; it is gone soon after.</summary>
    /// <param name="alone">It has the places of a whole processor.</param>
    public async Task UseAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, ContainerSpec spec, ExecutionPriority priority, bool alone, Func<IContainer, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(work);
        using RunSlots.Slot slot = await pool.Slots.TakeAsync((int)priority, alone ? pool.Slots.PlacesOfAProcessor : 1, cancellationToken);
        IContainer container = await pool.TakeAsync(provider, spec, (int)priority, cancellationToken);
        try
        {
            await work(container);
        }
        finally
        {
            entry.Leaves(RemoveAsync(id, container));
        }
    }

    /// <summary>As <see cref="UseAsync"/>, with two containers whose programs speak with each other. They share a right to run: mostly one of them waits.</summary>
    public Task UsePairAsync(
        RunningExecution entry, ExecutionId id, IContainerProvider provider, (ContainerSpec One, ContainerSpec Other) specs, ExecutionPriority priority, Func<IContainer, IContainer, Task> work, CancellationToken cancellationToken)
        => UseAsync(
            entry,
            id,
            provider,
            specs.One,
            priority,
            alone: false,
            async one =>
            {
                IContainer other = await pool.TakeAsync(provider, specs.Other, (int)priority, cancellationToken);
                try
                {
                    await work(one, other);
                }
                finally
                {
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

    internal void TellLost(ExecutionId id, int known, int total, string reason) => logger.ContainerLostWhileGrading(id, known, total, reason);

    internal void TellResumed(ExecutionId id, int known, int total) => logger.GradingResumed(id, known, total);

    internal void TellJournalNotWritten(ExecutionId id, string reason) => logger.JournalNotWritten(id, reason);

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
            logger.GradingContainerNotRemoved(id, e);
        }
    }
}
