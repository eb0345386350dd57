namespace CodeExec.Cli;

/// <summary>The command can not be done as it was written; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
