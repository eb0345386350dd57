namespace CodeExec.Client;

public enum LogLevel
{
    Info,
    Warn,
    Error,
}
