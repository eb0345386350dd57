using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Batches;

/// <summary>
/// Remembers which programs of a tenant were graded by which tests, so that the same work is not done again in another batch. A memory counts while
/// the execution that it names is there, and the language is the same as then.
/// </summary>
public sealed class GradedBefore(IDocumentStore documents, IExecutionStore executions, LanguageCatalog catalog, InstalledLanguages installed)
{
    private const string Collection = "graded-before";

    /// <returns>Null if it has to be graded.</returns>
    public async Task<(BatchPlace Place, ExecutionRecord Record)?> FindAsync(Batch batch, BatchItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(item);
        if (batch.Force
            || batch.ProblemFingerprint.Length == 0 // taken in by an earlier release
            || batch.RegradeOf is not null // who regrades wants it graded
            || (await documents.FindAsync<Memory>(Of(batch), IdOf(item), cancellationToken))?.Value is not { } memory
            || memory.Place.Batch == batch.Id
            || await executions.FindAsync(memory.Execution, cancellationToken) is not { Grade: not null } record
            || record.Tenant != batch.Tenant)
        {
            return null;
        }

        return (memory.Place, record);
    }

    public Task RememberAsync(Batch batch, BatchItem done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(done);
        return batch.ProblemFingerprint.Length > 0
            && done is { State: BatchItemState.Done, From: null, Execution: { } execution, Verdict: { } verdict } && !verdict.IsNotTheSubmitters()
            ? documents.TryWriteAsync(Of(batch), [DocumentWrite.Put(IdOf(done), DocumentJson.Write(new Memory(new BatchPlace(batch.Id, done.Index), execution)))], cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>The batch goes, and with it what is remembered of it.</summary>
    public async Task ForgetAsync(Batch batch, IAsyncEnumerable<BatchItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await foreach (string[] ids in items.Where(item => item is { ReuseOf: null, From: null, Execution: not null }).Select(IdOf).Chunk(IDocumentStore.MostWrites).WithCancellation(cancellationToken))
        {
            await documents.TryWriteAsync(Of(batch), [.. ids.Distinct(StringComparer.Ordinal).Select(id => DocumentWrite.Delete(id))], cancellationToken);
        }
    }

    private static DocumentPartition Of(Batch batch) => new(Collection, $"{batch.Tenant}:{batch.ProblemFingerprint}");

    // Another compiler or interpreter may come to another verdict.
    private string IdOf(BatchItem item)
    {
        string? toolchain = catalog.Find(item.Language) is { } language ? installed.Find(language.Id)?.ToolchainVersion : null;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Hash}\n{toolchain}")));
    }

    private sealed record Memory(BatchPlace Place, ExecutionId Execution);
}
