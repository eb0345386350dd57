namespace CodeExec.Core.Operations.Retention;

/// <summary>One kind of thing that is kept for a while.</summary>
public interface IRetained
{
    /// <summary>What people call them.</summary>
    string Name { get; }

    /// <summary>Removes what has been kept long enough. Cut short, it goes on the next time.</summary>
    /// <returns>How many.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken);
}
