namespace CodeExec.Core.Storage;

/// <summary>A store of blobs that can let somebody read or write one of them directly, for a short while. Not every store can.</summary>
public interface IBlobLinks
{
    /// <summary>A link to one blob, good for reading and for nothing else until it expires. Whoever has it may read: hand it to nobody but who asked.</summary>
    /// <param name="fileName">What the reader's browser calls the file.</param>
    /// <returns>Null if there is no such blob.</returns>
    Task<BlobLink?> CreateAsync(string key, string fileName, CancellationToken cancellationToken);

    /// <summary>
    /// A link to a blob that is not there yet, good for making that one, appending to it, and nothing else: whoever has it can neither read, list, replace nor delete. What was written is
    /// read and deleted by its key.
    /// </summary>
    Task<BlobLink> CreateForAppendingAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken);
}

public sealed record BlobLink(Uri Address, DateTimeOffset ExpiresAt);
