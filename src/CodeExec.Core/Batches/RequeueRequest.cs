namespace CodeExec.Core.Batches;

/// <summary>A submission is to be put back to work.</summary>
/// <param name="Mended">Where the mended one stands; null: as it is.</param>
/// <param name="Language">Of the mended one.</param>
/// <param name="Hash">Of the mended one.</param>
public sealed record RequeueRequest(int Index, string? Mended, string? Language, string? Hash)
{
    /// <returns>Null if it can not be put back: it is at work already, or done.</returns>
    public BatchItem? ApplyTo(BatchItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.State is not (BatchItemState.Dead or BatchItemState.Cancelled) ? null : new BatchItem
        {
            Index = item.Index,
            Key = item.Key,
            Language = Language ?? item.Language,
            Hash = Hash ?? item.Hash,
            Mended = Mended ?? item.Mended,
            Attempts = item.Attempts,
        };
    }
}
