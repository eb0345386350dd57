using System.Text;
using System.Text.Json;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
using CodeExec.Server.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Server.Tests.Intake;

public sealed class IntakeFolderTests : IDisposable
{
    private const string Message = """{"id":"1","tests":[{"expected":"1"}],"submissions":[{"language":"python","code":"1"}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly InMemoryWorkQueue _queue = new(new ManualTimeProvider());
    private readonly InMemoryBlobStore _blobs = new();
    private readonly IntakeFolder _intake;

    public IntakeFolderTests()
    {
        _folder.CreateSubdirectory(QueuedBatch.Queue);
        _intake = Of(_queue, _blobs);
    }

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TakeAsync_EmptyFolderOrNone_TakesNothing()
    {
        Assert.False(await _intake.TakeAsync(None));
        Directory.Delete(PathOf(QueuedBatch.Queue));
        Assert.False(await _intake.TakeAsync(None));
    }

    [Fact]
    public async Task TakeAsync_Messages_GoIntoTheQueueInTheOrderOfTheirNames()
    {
        Put("b.json", "second");
        Put("a.json", Message);
        Put("c.json.part", "not yet");

        Assert.True(await _intake.TakeAsync(None));
        Assert.True(await _intake.TakeAsync(None));
        Assert.False(await _intake.TakeAsync(None));

        Assert.Equal([Message, "second"], await QueuedAsync()); // what is wrong with it says whoever reads the queue
        Assert.Equal(["c.json.part"], NamesIn(QueuedBatch.Queue));
    }

    [Fact]
    public async Task TakeAsync_MessageThatNamesAFile_TakesTheFileFirst()
    {
        Put("a.json", """{"id":"1","blob":"hw.ndjson"}""");
        await File.WriteAllTextAsync(PathOf("hw.ndjson"), "the submissions");
        await File.WriteAllTextAsync(PathOf("other.zip"), "of no message");

        Assert.True(await _intake.TakeAsync(None));

        Assert.Equal("the submissions", await BlobAsync("intake/hw.ndjson"));
        Assert.Single(await QueuedAsync());
        Assert.Equal(["other.zip"], NamesIn(""));
    }

    [Fact]
    public async Task TakeAsync_QueueFails_LeavesAllAndTheNextTimeTakesIt()
    {
        Put("a.json", """{"id":"1","blob":"hw.zip"}""");
        await File.WriteAllTextAsync(PathOf("hw.zip"), "z");
        BrokenQueue broken = new(_queue) { IsBroken = true };
        IntakeFolder intake = Of(broken, _blobs);

        await Assert.ThrowsAsync<IOException>(() => intake.TakeAsync(None));
        Assert.Equal(["a.json"], NamesIn(QueuedBatch.Queue));
        Assert.Equal(["hw.zip"], NamesIn(""));

        broken.IsBroken = false;
        Assert.True(await intake.TakeAsync(None));
        Assert.Single(await QueuedAsync());
        Assert.Empty(NamesIn(""));
    }

    [Fact]
    public async Task TakeAsync_BlobThatIsElsewhere_IsLeftToTheReaderOfTheQueue()
    {
        Put("a.json", """{"id":"1","blob":"not/here.zip"}""");
        Put("b.json", """{"id":"2","blob":"nowhere.zip"}""");

        Assert.True(await _intake.TakeAsync(None));
        Assert.True(await _intake.TakeAsync(None));

        Assert.Equal(2, (await QueuedAsync()).Count);
        Assert.Empty(await _blobs.ListAsync("intake/", None).ToListAsync());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TakeAsync_ALink_IsNotFollowed(bool asMessage)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "links need no right there");
        string secret = PathOf("secret.txt");
        await File.WriteAllTextAsync(secret, "canary");
        if (asMessage)
        {
            File.CreateSymbolicLink(PathOf(Path.Combine(QueuedBatch.Queue, "a.json")), secret);
        }
        else
        {
            Put("a.json", """{"id":"1","blob":"hw.zip"}""");
            File.CreateSymbolicLink(PathOf("hw.zip"), secret);
        }

        IOException refused = await Assert.ThrowsAsync<IOException>(() => _intake.TakeAsync(None));

        Assert.Contains("is a link", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await QueuedAsync());
        Assert.Empty(await _blobs.ListAsync("intake/", None).ToListAsync());
    }

    [Fact]
    public async Task TakeAsync_MessageThatIsTooLarge_IsRefusedWithAdvice()
    {
        await using (FileStream large = File.Create(PathOf(Path.Combine(QueuedBatch.Queue, "a.json"))))
        {
            large.SetLength((64 << 20) + 1); // a hole: takes no room
        }

        IOException refused = await Assert.ThrowsAsync<IOException>(() => _intake.TakeAsync(None));

        Assert.Contains("name it as its blob", refused.Message, StringComparison.Ordinal);
    }

    private IntakeFolder Of(IWorkQueue queue, IBlobStore blobs) => new(_folder.FullName, queue, blobs, new Forms(), NullLogger<IntakeFolder>.Instance);

    private void Put(string name, string message) => File.WriteAllText(PathOf(Path.Combine(QueuedBatch.Queue, name)), message);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string?> NamesIn(string folder) => Directory.GetFiles(PathOf(folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> QueuedAsync()
        => [.. (await _queue.PeekAsync(QueuedBatch.Queue, 32, None)).Select(message => Encoding.UTF8.GetString(message.Body.Span))];

    private async Task<string> BlobAsync(string key)
    {
        using StreamReader reader = new((await _blobs.OpenReadAsync(key, None))!);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Knows which blob a message names, and nothing else.</summary>
    private sealed class Forms : IBatchForms
    {
        public QueuedBatch ReadMessage(ReadOnlyMemory<byte> message)
        {
            try
            {
                using JsonDocument read = JsonDocument.Parse(message);
                return new QueuedBatch("1", "default", new BatchDraft(), null, read.RootElement.TryGetProperty("blob", out JsonElement blob) ? blob.GetString() : null, BatchFormat.Json);
            }
            catch (JsonException e)
            {
                throw new BatchRefusedException("no JSON", e);
            }
        }

        public Task<BatchContent> ReadAsync(Stream content, BatchFormat format, BatchDraft outside, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>A queue whose disk is full while it is broken.</summary>
    private sealed class BrokenQueue(IWorkQueue inner) : IWorkQueue
    {
        public bool IsBroken { get; set; }

        public Task SendAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellationToken)
            => IsBroken ? throw new IOException("full") : inner.SendAsync(queue, body, delay, cancellationToken);

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan hiddenFor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<QueueMessage?> TakeAsync(string queue, string id, TimeSpan hiddenFor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> CountAsync(string queue, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
