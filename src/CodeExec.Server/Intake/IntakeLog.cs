namespace CodeExec.Server.Intake;

internal static partial class IntakeLog
{
    [LoggerMessage(5302, LogLevel.Information, "Message {Name} went from the intake folder into the queue of batches")]
    public static partial void TakenFromFolder(this ILogger logger, string name);

    [LoggerMessage(5303, LogLevel.Warning, "The intake folder could not be worked on; trying again")]
    public static partial void FolderFailed(this ILogger logger, Exception exception);
}
