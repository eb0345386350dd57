namespace CodeExec.Client;

public enum LogSource
{
    System,
    Stdout,
    Stderr,
}
