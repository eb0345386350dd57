using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Grading.Running;

/// <summary>What is known of an execution's tests, written now and then, so that a crash repeats little.</summary>
internal sealed class GradingJournal(ExecutionId id, GradingState state, TestResults results, TimeProvider clock, ILogger<GradedRun> logger)
{
    /// <summary>So much work may be repeated after a crash.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private int _writing;
    private DateTimeOffset _dueAt = clock.GetUtcNow() + Every;

    public async Task WriteAsync(bool onlyWhenDue, CancellationToken cancellationToken)
    {
        bool isDue = !onlyWhenDue || (clock.GetUtcNow() >= _dueAt && !state.IsComplete); // then the end itself is about to be written
        if (!isDue || Interlocked.Exchange(ref _writing, 1) == 1)
        {
            return; // nothing to save, or another lane writes
        }

        try
        {
            _dueAt = clock.GetUtcNow() + Every;
            if (state.Results is { Count: > 0 } known)
            {
                await results.WriteJournalAsync(id, known, cancellationToken);
            }
        }
#pragma warning disable CA1031 // the journal only saves work; a full disk is no reason to stop
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.JournalNotWritten(id, e.Message);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
