using CodeExec.Core.Orchestration;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded;

internal static partial class EngineLog
{
    [LoggerMessage(3001, LogLevel.Information, "Engine started, life {Epoch}: {Active} instances to resume, {Pending} waiting")]
    public static partial void EngineStarted(this ILogger logger, long epoch, int active, int pending);

    [LoggerMessage(3002, LogLevel.Information, "All {Count} unfinished instances are in memory again after {ElapsedMs} ms")]
    public static partial void EngineRecovered(this ILogger logger, int count, double elapsedMs);

    [LoggerMessage(3003, LogLevel.Information, "Engine stopped; {Count} instances are left for the next start")]
    public static partial void EngineStopped(this ILogger logger, int count);

    [LoggerMessage(3010, LogLevel.Error, "The store is unavailable; instances pause until it works again")]
    public static partial void StoreUnavailable(this ILogger logger, Exception reason);

    [LoggerMessage(3011, LogLevel.Warning, "The store is still unavailable ({Reason}), asked after {Pause}")]
    public static partial void StoreStillUnavailable(this ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(3012, LogLevel.Information, "The store works again")]
    public static partial void StoreAvailable(this ILogger logger);

    [LoggerMessage(3020, LogLevel.Error, "Instance {InstanceId} is suspended; it goes on after a restart with mended code")]
    public static partial void InstanceSuspended(this ILogger logger, string instanceId, Exception reason);

    [LoggerMessage(3021, LogLevel.Warning, "Instance {InstanceId} could not be resumed, try {Try}")]
    public static partial void InstanceNotResumed(this ILogger logger, string instanceId, int @try, Exception reason);

    [LoggerMessage(3022, LogLevel.Error, "Instance {InstanceId} is left as it is in the store until the next start")]
    public static partial void InstanceAbandoned(this ILogger logger, string instanceId, Exception reason);

    [LoggerMessage(3023, LogLevel.Error, "Waiting instances of {Orchestration} could not be given their turn")]
    public static partial void PromotionFailed(this ILogger logger, string orchestration, Exception reason);

    [LoggerMessage(3024, LogLevel.Debug, "Instance {InstanceId} of {Orchestration} ended as {State}")]
    public static partial void InstanceEnded(this ILogger logger, string instanceId, string orchestration, InstanceState state);

    [LoggerMessage(3026, LogLevel.Warning, "The start of {InstanceId} was refused because of the store and could not be taken back; if it had taken effect, the instance runs")]
    public static partial void StartNotTakenBack(this ILogger logger, string instanceId, Exception reason);

    [LoggerMessage(3025, LogLevel.Error, "Resuming unfinished instances failed")]
    public static partial void RecoveryFailed(this ILogger logger, Exception reason);
}
