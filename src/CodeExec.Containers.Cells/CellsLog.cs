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
}
