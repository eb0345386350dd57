using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Grading;

/// <summary>The results of tests: in the record of their execution while they are short, in a blob when they are not.</summary>
public sealed class TestResults(IBlobStore blobs)
{
    private const int MostInRecord = 16 * 1024;

    public async Task<Grade> StoreAsync(ExecutionId id, Grade grade, IReadOnlyList<TestResult> results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grade);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(results, OrchestrationJson.Options);
        if (json.Length <= MostInRecord)
        {
            return grade with { Results = results };
        }

        string key = GradingBlobs.Results(id);
        await blobs.WriteAsync(key, json, cancellationToken);
        return grade with { ResultsBlob = key };
    }

    /// <returns>Empty if they were deleted meanwhile.</returns>
    public async Task<IReadOnlyList<TestResult>> LoadAsync(Grade grade, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grade);
        return grade.Results ?? await ReadAsync(grade.ResultsBlob!, cancellationToken) ?? [];
    }

    /// <summary>Written while an execution runs, so that a crash does not lose what is known.</summary>
    public Task WriteJournalAsync(ExecutionId id, IReadOnlyCollection<TestResult> results, CancellationToken cancellationToken)
        => blobs.WriteAsync(GradingBlobs.Journal(id), JsonSerializer.SerializeToUtf8Bytes(results, OrchestrationJson.Options), cancellationToken);

    /// <returns>Empty if there is none.</returns>
    public async Task<IReadOnlyList<TestResult>> ReadJournalAsync(ExecutionId id, CancellationToken cancellationToken)
        => await ReadAsync(GradingBlobs.Journal(id), cancellationToken) ?? [];

    /// <summary>What a program wrote in a test, where that is what is wanted.</summary>
    public Task WriteOutputAsync(ExecutionId id, string test, byte[] output, CancellationToken cancellationToken) => blobs.WriteAsync(GradingBlobs.Output(id, test), output, cancellationToken);

    /// <returns>Null if it was not kept, or is gone.</returns>
    public async Task<byte[]?> ReadOutputAsync(ExecutionId id, string test, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(GradingBlobs.Output(id, test), cancellationToken);
        if (stored is null)
        {
            return null;
        }

        using MemoryStream all = new();
        await stored.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }

    private async Task<IReadOnlyList<TestResult>?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(key, cancellationToken);
        return stored is null ? null : await JsonSerializer.DeserializeAsync<IReadOnlyList<TestResult>>(stored, OrchestrationJson.Options, cancellationToken);
    }
}
