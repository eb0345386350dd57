using CodeExec.Core.Attempts;
using CodeExec.Core.Callbacks;

namespace CodeExec.Core.Executions;

/// <summary>Tells those who are to know of an end, once it is written. A process that dies in between finds the end and comes here again.</summary>
public sealed class EndNotices(CallbackStarter callbacks, AttemptSettling attempts)
{
    public async Task TellAsync(ExecutionRecord ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        await attempts.SettleAsync(ended, cancellationToken);
        if (ended.Callback == true)
        {
            await callbacks.TellAsync(ended, cancellationToken);
        }
    }
}
