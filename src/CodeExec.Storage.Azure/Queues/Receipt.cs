namespace CodeExec.Storage.Azure.Queues;

/// <summary>The service's receipt, and the blob that goes with the message when it is completed.</summary>
internal readonly record struct Receipt(string Pop, string? Blob)
{
    public static Receipt Parse(string text)
    {
        string[] parts = text.Split(' ', 2);
        return new(parts[0], parts.Length > 1 ? parts[1] : null);
    }

    public override string ToString() => Blob is null ? Pop : $"{Pop} {Blob}";
}
