namespace CodeExec.Core.Operations;

/// <summary>
/// Tells an outage (a full disk, a store that does not answer: 503, try again) from a bug of ours (500). A host registers one for
/// each adapter whose exceptions only it knows.
/// </summary>
public interface IOutageRule
{
    bool IsOutage(Exception exception);
}
