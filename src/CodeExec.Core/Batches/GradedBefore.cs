using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Batches;

/// <summary>
/// Remembers which programs of a tenant were graded by which tests, or are being graded right now, so that the same work is not done again in another
/// batch. A memory counts while the execution that it names is there, and the language is the same as then; a claim while its batch is at work on it.
/// </summary>
public sealed class GradedBefore(IDocumentStore documents, BatchStore batches, IExecutionStore executions, LanguageCatalog catalog, InstalledLanguages installed, TimeProvider clock)
{
    /// <summary>A claim that was not renewed for so long is of somebody who is gone.</summary>
    private static readonly TimeSpan ClaimLimit = TimeSpan.FromSeconds(90);

    private const string Collection = "graded-before";

    /// <summary>What was graded; or whether another is at it; or neither, and then it is this one's to grade, and others wait for it.</summary>
    public async Task<GradedEarlier> BeginAsync(Batch batch, BatchItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(item);
        if (batch.Force
            || batch.ProblemFingerprint.Length == 0 // taken in by an earlier release
            || batch.RegradeOf is not null) // who regrades wants it graded
        {
            return new GradedEarlier.Nowhere();
        }

        BatchPlace mine = new(batch.Id, item.Index);
        string id = IdOf(item);
        while (true)
        {
            (Memory Value, long Revision)? found = await documents.FindAsync<Memory>(Of(batch), id, cancellationToken);
            if (found?.Value is { } memory && memory.Place != mine && await LookAsync(batch, memory, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            byte[] claim = DocumentJson.Write(new Memory(mine, null, clock.GetUtcNow()));
            if (await documents.TryWriteAsync(Of(batch), [found is { } old ? DocumentWrite.Update(id, claim, old.Revision) : DocumentWrite.Create(id, claim)], cancellationToken))
            {
                return new GradedEarlier.Nowhere();
            }
        }
    }

    /// <summary>It is still being graded.</summary>
    public Task RenewAsync(Batch batch, BatchItem item, CancellationToken cancellationToken)
        => ChangeClaimAsync(batch, item, (id, memory, revision) => DocumentWrite.Update(id, DocumentJson.Write(memory with { At = clock.GetUtcNow() }), revision), cancellationToken);

    /// <summary>It is graded, or will not be.</summary>
    /// <param name="grade">What it came to; null if it came to nothing.</param>
    public Task EndAsync(Batch batch, BatchItem ended, Grade? grade, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(ended);
        if (batch.ProblemFingerprint.Length == 0)
        {
            return Task.CompletedTask;
        }

        return ended is { State: BatchItemState.Done, Execution: { } execution, Verdict: { } verdict } && !verdict.IsNotTheSubmitters() && grade?.IsLasting == true
            ? documents.TryWriteAsync(Of(batch), [DocumentWrite.Put(IdOf(ended), DocumentJson.Write(new Memory(new BatchPlace(batch.Id, ended.Index), execution)))], cancellationToken)
            : ChangeClaimAsync(batch, ended, (id, _, revision) => DocumentWrite.Delete(id, revision), cancellationToken);
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

    /// <returns>Null if nothing is to be had of it.</returns>
    private async Task<GradedEarlier?> LookAsync(Batch batch, Memory memory, CancellationToken cancellationToken)
    {
        if (memory.Execution is { } execution)
        {
            return await executions.FindAsync(execution, cancellationToken) is { Grade.IsLasting: true } record && record.Tenant == batch.Tenant
                ? new GradedEarlier.Graded(memory.Place, record)
                : null;
        }

        // Whoever holds a claim waits for nobody: so nobody ever waits in a circle.
        bool isAtWork = clock.GetUtcNow() - memory.At < ClaimLimit
            && await batches.FindAsync(batch.Tenant, memory.Place.Batch, cancellationToken) is { Value.State: BatchState.Running }
            && await batches.FindItemAsync(memory.Place.Batch, memory.Place.Index, cancellationToken) is { State: BatchItemState.Waiting };
        return isAtWork ? new GradedEarlier.AtWork() : null;
    }

    private async Task ChangeClaimAsync(Batch batch, BatchItem item, Func<string, Memory, long, DocumentWrite> change, CancellationToken cancellationToken)
    {
        string id = IdOf(item);
        if (await documents.FindAsync<Memory>(Of(batch), id, cancellationToken) is { Value: { Execution: null } memory, Revision: var revision } && memory.Place == new BatchPlace(batch.Id, item.Index))
        {
            await documents.TryWriteAsync(Of(batch), [change(id, memory, revision)], cancellationToken); // else somebody has taken it over
        }
    }

    private static DocumentPartition Of(Batch batch) => new(Collection, $"{batch.Tenant}:{batch.ProblemFingerprint}");

    // Another compiler or interpreter may come to another verdict.
    private string IdOf(BatchItem item)
    {
        string? toolchain = catalog.Find(item.Language) is { } language ? installed.Find(language.Id)?.ToolchainVersion : null;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Hash}\n{toolchain}")));
    }

    /// <param name="Execution">Null: it is being graded.</param>
    /// <param name="At">When that was last said.</param>
    private sealed record Memory(BatchPlace Place, ExecutionId? Execution, DateTimeOffset At = default);
}
