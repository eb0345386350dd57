namespace CodeExec.Cli.Hosting;

/// <summary>The user's wish to end.</summary>
internal interface IInterrupts
{
    /// <summary>Ctrl-C once: end in good order.</summary>
    CancellationToken First { get; }

    /// <summary>Ctrl-C again: leave at once.</summary>
    CancellationToken Second { get; }
}
