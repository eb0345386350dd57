using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Executions;

/// <summary>What a step wrote on both streams, in the order in which it came.</summary>
internal sealed class OutputInOrder(ExecutionFeed feed)
{
    /// <summary>The order across the two streams stands in the feed; where only one was written to, that one is all.</summary>
    public async Task<string> ReadAsync(ExecutionRecord record, string step, string stdout, string stderr, CancellationToken cancellationToken)
    {
        if (stderr.Length == 0 || stdout.Length == 0)
        {
            return stderr.Length == 0 ? stdout : stderr;
        }

        StringBuilder output = new(stdout.Length + stderr.Length);
        await foreach (LogEntry entry in feed.ReadAsync(record, 0, cancellationToken))
        {
            if (entry.Step == step && entry.Source is (LogSource.Stdout or LogSource.Stderr))
            {
                output.Append(entry.Message);
                _ = entry.Partial ? output : output.Append('\n');
            }
        }

        return output.Length > 0 ? output.ToString() : stdout + stderr;
    }
}
