using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Cells;

internal static partial class CellsLog
{
    [LoggerMessage(3001, LogLevel.Error, "The cgroup of cell {Cell} could not be removed: something in it does not end")]
    public static partial void CgroupStays(this ILogger logger, string cell);

    [LoggerMessage(3002, LogLevel.Warning, "The template interpreter for {Language} has ended: {Reason}. Cells start cold until there is a new one")]
    public static partial void TemplateEnded(this ILogger logger, string language, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Removed what an earlier life left: {Count} cells")]
    public static partial void Reaped(this ILogger logger, int count);

    [LoggerMessage(3004, LogLevel.Information, "What {Language} can make ahead is made: {Folder}")]
    public static partial void Prepared(this ILogger logger, string language, string folder);

    [LoggerMessage(3005, LogLevel.Warning, "What {Language} can make ahead could not be made; programs are compiled without it until the next start. {Reason}")]
    public static partial void PreparationFailed(this ILogger logger, string language, string reason);

    [LoggerMessage(3006, LogLevel.Information, "Making ahead for {Language} was stopped with the server; its next start begins again")]
    public static partial void PreparationStopped(this ILogger logger, string language);
}
