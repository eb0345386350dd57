using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>A program that could not be started, with a sentence for its user and the exit code a shell would give.</summary>
internal sealed class StartFailedException : Exception
{
    private const int ShellNotExecutable = 126;
    private const int ShellNotFound = 127;
    private const int BadInterpreter = 80; // ELIBBAD: accessing a corrupted shared library

    private StartFailedException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    public int ExitCode { get; }

    public static StartFailedException NotFound(string command) =>
        new($"The command '{command}' was not found.", ShellNotFound);

    /// <summary>Null when the reason is not the program's: this machine lacks memory or processes.</summary>
    public static StartFailedException? Explain(LinuxException error, string command) => error.Errno switch
    {
        _ when error.Call != "exec" => null,
        Errno.NotFound => new StartFailedException(
            command.Contains('/') ? $"The command '{command}', or the interpreter its first line names, was not found." : $"The interpreter that the first line of '{command}' names was not found.",
            ShellNotFound),
        Errno.NotDirectory => new StartFailedException($"The command '{command}' was not found: part of its path is not a folder.", ShellNotFound),
        Errno.AccessDenied => new StartFailedException($"The command '{command}' may not be executed.", ShellNotExecutable),
        Errno.NotExecutable or BadInterpreter => new StartFailedException(
            $"The command '{command}' is not a program this machine can run (a script needs a first line such as #!/bin/sh).", ShellNotExecutable),
        Errno.ArgumentsTooLong => new StartFailedException($"The arguments and environment of '{command}' are too long.", ShellNotExecutable),
        Errno.TooManyLinks => new StartFailedException($"The command '{command}' was not found: its path has a ring of links.", ShellNotFound),
        Errno.TryAgain or Errno.NoMemory => null,
        _ => new StartFailedException($"The command '{command}' could not be started: {error.Message}.", ShellNotExecutable),
    };
}
