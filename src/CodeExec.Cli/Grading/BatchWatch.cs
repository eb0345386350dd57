using CodeExec.Cli.Hosting;
using CodeExec.Cli.Running;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>Follows a batch to its end. Ctrl-C leaves it: it goes on at the server.</summary>
internal sealed class BatchWatch(CodeExecClient client, CliHost host, bool quiet)
{
    private const int Tenth = 10;

    /// <exception cref="OperationCanceledException">The user has left; it was told how to come back.</exception>
    public async Task<Batch> FollowAsync(string id, CancellationToken giveUp)
    {
        using StatusLine status = new(host.Error, host.ErrorIsTerminal && !quiet, host.Clock);
        int told = 0;
        try
        {
            await foreach (BatchProgress progress in client.FollowBatchAsync(id, giveUp))
            {
                status.Set(BatchText.Progress(progress));
                int tenths = progress.Total == 0 ? 0 : Tenth * progress.Done / progress.Total;
                if (!host.ErrorIsTerminal && !quiet && tenths > told)
                {
                    told = tenths;
                    await host.ErrorText.WriteLineAsync($"codeexec: {BatchText.Progress(progress)}");
                }
            }
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            status.Around(() => host.ErrorText.WriteLine($"codeexec: Left. The batch goes on: 'codeexec batch follow {id}'."), forGood: true);
            throw;
        }

        return await client.GetBatchAsync(id, giveUp);
    }

    public static int ExitCodeOf(Batch batch) => batch switch
    {
        { State: "cancelled" } => ExitCodes.Interrupted,
        { DeadLetters: > 0 } => ExitCodes.NotAccepted,
        _ => ExitCodes.Success,
    };
}
