namespace CodeExec.Cli;

/// <summary>What the shell sees when it is not the program's own exit code; see docs/cli.md.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The program did not compile. Also what a status command returns for an execution that is not there.</summary>
    public const int CompileFailed = 1;

    /// <summary>Graded work is not all accepted; of a batch, something was set aside.</summary>
    public const int NotAccepted = 1;

    /// <summary>The command line makes no sense, or names a file that is not there.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached, refused, or could not do its part.</summary>
    public const int Server = 3;

    /// <summary>A time limit ended the program; the code that timeout(1) gives.</summary>
    public const int TimeLimit = 124;

    /// <summary>Another limit ended the program: output, processes, workspace.</summary>
    public const int OtherLimit = 125;

    /// <summary>The memory limit ended the program; the code the kernel's own kill gives.</summary>
    public const int MemoryLimit = 137;

    /// <summary>Ctrl-C, or somebody stopped the execution.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read our output has gone (128 + SIGPIPE).</summary>
    public const int BrokenPipe = 141;

    /// <summary>A signal ended the program: this and the signal's number.</summary>
    public const int SignalBase = 128;
}
