using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>Changes what becomes of a version by its check. Its tests aside, which are made once, nothing else of a version ever changes.</summary>
public sealed class ProblemStates(IDocumentStore documents)
{
    /// <param name="change">Null: leave it as it is.</param>
    /// <returns>The version as it now is; null if it was deleted.</returns>
    public async Task<Problem?> ChangeAsync(TenantId tenant, string id, int version, Func<Problem, Problem?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await documents.FindAsync<Problem>(ProblemDocuments.Of(tenant), ProblemDocuments.Version(id, version), cancellationToken) is { } found)
        {
            if (change(found.Value) is not { } changed)
            {
                return found.Value;
            }

            byte[] json = DocumentJson.Write(changed);
            List<DocumentWrite> writes = [DocumentWrite.Update(ProblemDocuments.Version(id, version), json, found.Revision)];
            if (await documents.FindAsync<Problem>(ProblemDocuments.Of(tenant), ProblemDocuments.Newest(id), cancellationToken) is { } newest && newest.Value.Version == version)
            {
                writes.Add(DocumentWrite.Update(ProblemDocuments.Newest(id), json, newest.Revision));
            }

            if (changed.State == ProblemState.Ready)
            {
                (Problem Value, long Revision)? ready = await documents.FindAsync<Problem>(ProblemDocuments.Of(tenant), ProblemDocuments.Ready(id), cancellationToken);
                if (ready is null || ready.Value.Value.Version <= version)
                {
                    writes.Add(ready is { } old ? DocumentWrite.Update(ProblemDocuments.Ready(id), json, old.Revision) : DocumentWrite.Create(ProblemDocuments.Ready(id), json));
                }
            }

            if (await documents.TryWriteAsync(ProblemDocuments.Of(tenant), writes, cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }
}
