namespace CodeExec.Engine.Embedded;

/// <summary>Another engine has taken over this database since; nothing is written for it any more. Restart this one.</summary>
public sealed class OwnershipLostException(long epoch)
    : Exception($"Another engine has taken over the instances since this one started (its number was {epoch}). Nothing was written. Stop one of the two.")
{
    public long Epoch { get; } = epoch;
}
