using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions;

/// <summary>The end of an execution in a store that cannot write record and feed at once.</summary>
public static class OneAfterTheOther
{
    /// <inheritdoc cref="IExecutionStore.TryEndAsync"/>
    public static async Task<ExecutionRecord?> TryEndAsync(
        IExecutionStore executions, ExecutionRecord ended, ILogWriter feed, IReadOnlyList<LogEntry> last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executions);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(last);
        await feed.FlushAsync(cancellationToken); // the outputs are durable before anybody is told of the end
        if (await executions.TryUpdateAsync(ended, cancellationToken) is not { } written)
        {
            return null;
        }

        foreach (LogEntry entry in last)
        {
            feed.Append(entry);
        }

        await feed.FlushAsync(cancellationToken);
        return written;
    }
}
