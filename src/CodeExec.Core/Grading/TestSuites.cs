using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Grading;

/// <summary>Keeps suites and their data in blobs, and reads them back. Blobs of suites never change, so that what was read lately is kept.</summary>
public sealed class TestSuites(IBlobStore blobs)
{
    /// <summary>The most of a suite that stands in an execution's spec.</summary>
    private const long MostInSpec = 64 * 1024;

    private const int MostKept = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, TestSuite Suite)> _kept = new();

    /// <summary>For an execution that brings its own tests.</summary>
    public async Task<GradingSpec> StoreAsync(ExecutionId id, TestSuite suite, CancellationToken cancellationToken)
    {
        if (SizeOf(suite) <= MostInSpec)
        {
            return new GradingSpec { Suite = suite };
        }

        string key = GradingBlobs.Suite(id);
        await blobs.WriteAsync(key, JsonSerializer.SerializeToUtf8Bytes(suite, OrchestrationJson.Options), cancellationToken);
        return new GradingSpec { SuiteBlob = key };
    }

    /// <summary>The tests that shall be run.</summary>
    /// <exception cref="InvalidOperationException">Its blob is gone: the problem, or the execution, was deleted.</exception>
    public async Task<TestSuite> LoadAsync(GradingSpec grading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grading);
        TestSuite whole = await LoadWholeAsync(grading, cancellationToken);
        return grading.Selection is { } selection ? selection.Of(whole) : whole;
    }

    /// <exception cref="InvalidOperationException">Its blob is gone.</exception>
    public async Task<byte[]> ReadAsync(TestData data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Inline is { } bytes)
        {
            return bytes;
        }

        await using Stream stored = await blobs.OpenReadAsync(data.Blob!, cancellationToken)
            ?? throw new InvalidOperationException("Data of a test have been deleted.");
        using MemoryStream all = new((int)data.SizeBytes);
        await stored.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }

    /// <summary>Bytes of all data of a suite.</summary>
    public static long SizeOf(TestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return suite.Tests.Sum(SizeOf);
    }

    public static long SizeOf(GradedTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Stdin.SizeBytes + (test.Expected?.SizeBytes ?? 0) + test.Files.Sum(file => file.Content.SizeBytes);
    }

    private async Task<TestSuite> LoadWholeAsync(GradingSpec grading, CancellationToken cancellationToken)
    {
        if (grading.Suite is { } own)
        {
            return own;
        }

        string key = grading.SuiteBlob ?? throw new InvalidOperationException("The execution has neither tests nor a place where they are.");
        if (Kept(key) is { } kept)
        {
            return kept;
        }

        await using Stream stored = await blobs.OpenReadAsync(key, cancellationToken)
            ?? throw new InvalidOperationException("The tests of this execution have been deleted.");
        TestSuite suite = (await JsonSerializer.DeserializeAsync<TestSuite>(stored, OrchestrationJson.Options, cancellationToken))!;
        Keep(key, suite);
        return suite;
    }

    private TestSuite? Kept(string key)
    {
        lock (_gate)
        {
            for (LinkedListNode<(string Key, TestSuite Suite)>? node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Suite;
                }
            }

            return null;
        }
    }

    private void Keep(string key, TestSuite suite)
    {
        lock (_gate)
        {
            _kept.AddFirst((key, suite));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveLast();
            }
        }
    }
}
