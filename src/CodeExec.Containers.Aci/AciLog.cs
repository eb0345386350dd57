using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Aci;

internal static partial class AciLog
{
    [LoggerMessage(3201, LogLevel.Information, "Removed what an earlier life left: {Count} container groups")]
    public static partial void Reaped(this ILogger logger, int count);

    [LoggerMessage(3202, LogLevel.Warning, "Container group {Group} could not be removed now: {Reason}. It will be tried again")]
    public static partial void RemovalOwed(this ILogger logger, string group, string reason);

    [LoggerMessage(3203, LogLevel.Warning, "What earlier lives left can not be looked for: {Reason}")]
    public static partial void NotReaped(this ILogger logger, string reason);

    [LoggerMessage(3204, LogLevel.Debug, "Container group {Group} asked for in {Region}")]
    public static partial void Created(this ILogger logger, string group, string region);

    [LoggerMessage(3205, LogLevel.Debug, "Container group {Group} deployed anew, for the {Use}. time")]
    public static partial void DeployedAgain(this ILogger logger, string group, int use);

    [LoggerMessage(3206, LogLevel.Information, "Container group {Group} could not be deployed anew: {Reason}")]
    public static partial void NotDeployedAgain(this ILogger logger, string group, string reason);

    [LoggerMessage(3207, LogLevel.Warning, "No room in {Region}: {Reason} Not tried there for {Wait}")]
    public static partial void NoRoom(this ILogger logger, string region, string reason, TimeSpan wait);

    [LoggerMessage(3208, LogLevel.Information, "The connection to container group {Group} broke ({Reason}); what it missed is read from its logs")]
    public static partial void ConnectionBroke(this ILogger logger, string group, string reason);

    [LoggerMessage(3209, LogLevel.Warning, "Events {First} to {Last} of container group {Group} are lost: Azure's logs no longer have them")]
    public static partial void EventsLost(this ILogger logger, string group, long first, long last);

    [LoggerMessage(3212, LogLevel.Warning, "The runner in container group {Group} gets no link: {Reason}. What neither its connection nor its logs have will be cut")]
    public static partial void NoLink(this ILogger logger, string group, string reason);

    [LoggerMessage(3213, LogLevel.Warning, "What the runner in container group {Group} has sent can not be read now: {Reason}")]
    public static partial void NotRead(this ILogger logger, string group, string reason);

    [LoggerMessage(3214, LogLevel.Information, "Events after {Last} of container group {Group} are in no log any more; they are read from where they were sent")]
    public static partial void ReadsWhatWasSent(this ILogger logger, string group, long last);

    [LoggerMessage(3215, LogLevel.Warning, "What other hosts made in {Region} can not be told now: {Reason} This host counts for itself")]
    public static partial void NotCountedTogether(this ILogger logger, string region, string reason);

    [LoggerMessage(3211, LogLevel.Warning, "Container group {Group} still tells of its last execution, and is not used again")]
    public static partial void SaidTooMuch(this ILogger logger, string group);

    [LoggerMessage(3210, LogLevel.Information, "Container group {Group} was deployed for {Seconds:0.0} s: {VcpuSeconds:0.0} vCPU seconds, {GbSeconds:0.0} GB seconds, about {Cost}")]
    public static partial void Cost(this ILogger logger, string group, double seconds, double vcpuSeconds, double gbSeconds, double cost);
}
