using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>Watches one execution to its end, and stops it when the user or the clock says so.</summary>
internal sealed class LiveRun(CodeExecClient client, CliHost host, LiveOutput output, StatusLine status)
{
    /// <summary>The time given with --timeout was over.</summary>
    public bool TimedOut { get; private set; }

    /// <param name="printOutput">Whether to print the program's output as it comes.</param>
    /// <param name="giveUp">Leave at once, whatever becomes of the execution.</param>
    public async Task<Execution> WatchAsync(string id, TimeSpan? timeout, bool printOutput, CancellationToken giveUp)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        Task stopping = StopWhenAskedAsync(id, timeout, ended.Token, giveUp);
        Execution? execution = null;
        try
        {
            await foreach (ExecutionEvent happened in client.FollowEventsAsync(id, 0, giveUp))
            {
                Show(happened, printOutput);
                execution = (happened as ExecutionEvent.Ended)?.Execution;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await stopping;
        }
        return execution ?? await client.GetAsync(id, giveUp);
    }

    private void Show(ExecutionEvent happened, bool printOutput)
    {
        switch (happened)
        {
            case ExecutionEvent.StatusChanged changed:
                status.Set(changed.Status.ToString().ToLowerInvariant());
                break;
            case ExecutionEvent.Progressed { Message: { Length: > 0 } message }:
                status.Set(Text.TerminalText.Escape(message));
                break;
            case ExecutionEvent.Logged logged when printOutput:
                output.Write(logged.Entry);
                break;
        }
    }

    private async Task StopWhenAskedAsync(string id, TimeSpan? timeout, CancellationToken ended, CancellationToken giveUp)
    {
        using CancellationTokenSource asked = CancellationTokenSource.CreateLinkedTokenSource(ended, host.Interrupts.First);
        Task wait = Task.Delay(timeout ?? Timeout.InfiniteTimeSpan, host.Clock, asked.Token);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ended.IsCancellationRequested)
        {
            return;
        }
        TimedOut = !host.Interrupts.First.IsCancellationRequested;
        status.Set("stopping (Ctrl-C again to leave at once)");
        try
        {
            await client.StopAsync(id, giveUp);
        }
        catch (CodeExecException e)
        {
            output.Tell($"{e.Message} The execution was not stopped; 'codeexec stop {id}' tries again.");
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            // Left at once: the caller says so.
        }
    }
}
