using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Queues;
using CodeExec.Core.Storage;

namespace CodeExec.Server.Intake;

/// <summary>
/// The way into the queue of batches for programs on this machine, which can not speak to its database: a file in FOLDER/batch-grading is a message,
/// and a file in FOLDER is the blob that a message names. A file goes when what it stands for is durable elsewhere.
/// </summary>
internal sealed class IntakeFolder(string folder, IWorkQueue queue, IBlobStore blobs, IBatchForms forms, ILogger<IntakeFolder> logger)
{
    private const int LargestMessage = 64 << 20, Piece = 1 << 20;

    private readonly string _messages = Path.Combine(folder, QueuedBatch.Queue);

    /// <returns>Whether there was one.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        string? first = Directory.Exists(_messages) ? Directory.EnumerateFiles(_messages, "*.json").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (first is null)
        {
            return false;
        }

        byte[] message = await ReadAsync(first, cancellationToken);
        string? blob = BlobOf(message) is { } named && IsHere(named) ? Path.Combine(folder, named) : null;
        if (blob is not null)
        {
            await CopyAsync(blob, QueuedBatch.BlobPrefix + Path.GetFileName(blob), cancellationToken);
        }

        // First into the queue, then away from here: what comes twice is graded once, by its id.
        await queue.SendAsync(QueuedBatch.Queue, message, TimeSpan.Zero, cancellationToken);
        File.Delete(first);
        if (blob is not null)
        {
            File.Delete(blob);
        }

        logger.TakenFromFolder(Path.GetFileName(first));
        return true;
    }

    // A message that can not be read has no blob; whoever reads the queue says what is wrong with it.
    private string? BlobOf(byte[] message)
    {
        try
        {
            return forms.ReadMessage(message).Blob;
        }
        catch (BatchRefusedException)
        {
            return null;
        }
    }

    private bool IsHere(string name) => !name.Contains('/', StringComparison.Ordinal) && File.Exists(Path.Combine(folder, name));

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = OpenItself(path);
        if (file.Length > LargestMessage)
        {
            throw new IOException($"The message '{path}' is larger than {LargestMessage} bytes. Put its submissions into a file beside the folder, and name it as its blob.");
        }

        byte[] bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task CopyAsync(string path, string key, CancellationToken cancellationToken)
    {
        await using FileStream file = OpenItself(path);
        await using IBlobWriter writer = await blobs.CreateAsync(key, cancellationToken);
        byte[] buffer = new byte[Piece];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await writer.CommitAsync(cancellationToken);
    }

    /// <summary>Opens a file that is one: this server may read more than the one who put it there, so that a link must lead nowhere.</summary>
    private static FileStream OpenItself(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw Refused(path);
        }

        FileStream file = File.OpenRead(path);
        string opened = $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}";
        if (OperatingSystem.IsLinux() && File.ResolveLinkTarget(opened, returnFinalTarget: false)?.FullName is { } target && Path.GetFileName(target) != Path.GetFileName(path))
        {
            file.Dispose(); // it became a link between the two looks
            throw Refused(path);
        }

        return file;
    }

    private static IOException Refused(string path) => new($"'{path}' is a link. Links are not followed: put the file itself there.");
}
