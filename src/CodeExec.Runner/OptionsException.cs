namespace CodeExec.Runner;

/// <summary>The command line of the runner is wrong.</summary>
internal sealed class OptionsException(string message) : Exception(message);
