namespace CodeExec.Core.Batches.Submitting;

/// <summary>A batch can not be taken in; the message says why. Nothing of it was kept.</summary>
public sealed class BatchRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What of the batch is wrong.</summary>
    public string Field { get; init; } = "submissions";
}
