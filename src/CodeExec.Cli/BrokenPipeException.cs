namespace CodeExec.Cli;

/// <summary>Whoever read our output (head, a closed terminal) has gone.</summary>
internal sealed class BrokenPipeException(IOException inner) : Exception("Nobody reads the output any more.", inner);
