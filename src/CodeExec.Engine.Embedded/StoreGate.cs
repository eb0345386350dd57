using CodeExec.Engine.Embedded.Store;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded;

/// <summary>Where everybody waits while the store is unavailable: one asks it from time to time, for all of them.</summary>
internal sealed class StoreGate(SqliteDatabase database, TimeProvider clock, ILogger log, CancellationToken closed)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task? _probing;

    /// <summary>Ends when the store works again.</summary>
    public Task WaitAsync(StoreUnavailableException reason)
    {
        lock (_gate)
        {
            if (_probing is null || _probing.IsCompleted)
            {
                log.StoreUnavailable(reason);
                _probing = ProbeAsync();
            }
            return _probing;
        }
    }

    private async Task ProbeAsync()
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, closed);
            try
            {
                await database.WriteAsync(EngineWrites.Probe, closed);
                log.StoreAvailable();
                return;
            }
            catch (StoreUnavailableException e)
            {
                log.StoreStillUnavailable(e.Message, pause);
            }
        }
    }
}
