namespace CodeExec.Server.Operations;

internal static partial class RetentionLog
{
    [LoggerMessage(6101, LogLevel.Information, "{Swept} had been kept long enough and were removed")]
    public static partial void Removed(this ILogger logger, string swept);

    [LoggerMessage(6102, LogLevel.Warning, "Removing what has been kept long enough failed; it goes on the next time")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
