using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Attempts;

/// <summary>What is known of students' attempts: a document for each student, in a partition for each problem or challenge, and one for each time that more were given.</summary>
public sealed class AttemptStore(IDocumentStore documents)
{
    private const string Collection = "attempts";
    private const string StudentPrefix = "s:", GrantPrefix = "g:";

    public async Task<(StudentAttempts Value, long Revision)?> FindAsync(AttemptSubject subject, string student, CancellationToken cancellationToken)
        => await documents.FindAsync<StudentAttempts>(Of(subject), StudentPrefix + NameOf(student), cancellationToken);

    /// <returns>False if somebody else was quicker: read again and decide anew.</returns>
    public Task<bool> TryWriteAsync(AttemptSubject subject, StudentAttempts changed, long revision, CancellationToken cancellationToken)
        => documents.TryWriteAsync(Of(subject), [WriteOf(changed, revision)], cancellationToken);

    /// <inheritdoc cref="TryWriteAsync(AttemptSubject, StudentAttempts, long, CancellationToken)"/>
    public Task<bool> TryWriteAsync(AttemptSubject subject, StudentAttempts changed, long revision, AttemptGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        DocumentWrite given = DocumentWrite.Create(string.Create(CultureInfo.InvariantCulture, $"{GrantPrefix}{NameOf(changed.Student)}:{changed.Grants:D8}"), DocumentJson.Write(grant));
        return documents.TryWriteAsync(Of(subject), [WriteOf(changed, revision), given], cancellationToken);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<AttemptGrant>> ListGrantsAsync(AttemptSubject subject, string student, CancellationToken cancellationToken)
        => await documents.ListAllAsync(Of(subject), $"{GrantPrefix}{NameOf(student)}:", cancellationToken).Select(DocumentJson.Read<AttemptGrant>).ToListAsync(cancellationToken);

    /// <summary>In an order of its own.</summary>
    /// <param name="after">The student before.</param>
    public async Task<IReadOnlyList<StudentAttempts>> ListAsync(AttemptSubject subject, string? after, int limit, CancellationToken cancellationToken)
        => [.. (await documents.ListAsync(Of(subject), new DocumentRange(limit, after is null ? null : StudentPrefix + NameOf(after), StudentPrefix), cancellationToken)).Select(DocumentJson.Read<StudentAttempts>)];

    public Task DeleteAsync(AttemptSubject subject, CancellationToken cancellationToken) => documents.DeleteAllAsync(Of(subject), cancellationToken);

    /// <summary>Forgets students of all subjects whose newest attempt, and the newest that was given, are older than a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach (string partition in documents.ListPartitionsAsync(Collection, cancellationToken))
        {
            DocumentPartition of = new(Collection, partition);
            await foreach ((Document old, IReadOnlyList<Document> grants) in ListOldAsync(of, before, cancellationToken))
            {
                // First what they were given: cut short, it goes on the next time. The student's own goes if nothing was added meanwhile.
                foreach (Document[] some in grants.Chunk(IDocumentStore.MostWrites))
                {
                    await documents.TryWriteAsync(of, [.. some.Select(grant => DocumentWrite.Delete(grant.Id))], cancellationToken);
                }

                deleted += await documents.TryWriteAsync(of, [DocumentWrite.Delete(old.Id, old.Revision)], cancellationToken) ? 1 : 0;
            }
        }

        return deleted;
    }

    private async IAsyncEnumerable<(Document Student, IReadOnlyList<Document> Grants)> ListOldAsync(
        DocumentPartition of, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Document document in documents.ListAllAsync(of, StudentPrefix, cancellationToken))
        {
            if (DocumentJson.Read<StudentAttempts>(document).Attempts.Any(attempt => attempt.At >= before))
            {
                continue;
            }

            List<Document> grants = await documents.ListAllAsync(of, $"{GrantPrefix}{document.Id[StudentPrefix.Length..]}:", cancellationToken).ToListAsync(cancellationToken);
            if (!grants.Any(grant => DocumentJson.Read<AttemptGrant>(grant).At >= before))
            {
                yield return (document, grants);
            }
        }
    }

    private static DocumentWrite WriteOf(StudentAttempts changed, long revision)
    {
        string id = StudentPrefix + NameOf(changed.Student);
        return revision == 0 ? DocumentWrite.Create(id, DocumentJson.Write(changed)) : DocumentWrite.Update(id, DocumentJson.Write(changed), revision);
    }

    private static DocumentPartition Of(AttemptSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return new(Collection, $"{subject.Tenant}:{(subject.Kind == AttemptKind.Problem ? 'p' : 'c')}:{subject.Id}");
    }

    // A name may have any character, also such as no store takes.
    private static string NameOf(string student) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)));
}
