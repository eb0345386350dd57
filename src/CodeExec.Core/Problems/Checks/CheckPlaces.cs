using System.Globalization;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Problems.Checks;

/// <summary>
/// How many checks a tenant has at once, counted exactly, over all processes: each is in a numbered place, and of two that want one only one gets it.
/// Nobody has to leave: a place whose check has ended, or is gone, is free.
/// </summary>
public sealed class CheckPlaces(IDocumentStore documents, ProblemChecks checks, IOptions<CheckOptions> options)
{
    internal const string Collection = "problem-check-places";

    public int Most => options.Value.MostOfATenant;

    /// <param name="id">Of a check that is stored.</param>
    /// <returns>False if all places are taken.</returns>
    public async Task<bool> TryTakeAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(tenant, cancellationToken) is not { } free)
            {
                return false;
            }

            byte[] taken = DocumentJson.Write(new CheckPlace(id));
            DocumentWrite write = free.Revision is { } revision ? DocumentWrite.Update(free.Id, taken, revision) : DocumentWrite.Create(free.Id, taken);
            if (await documents.TryWriteAsync(Of(tenant), [write], cancellationToken))
            {
                return true;
            }
        }
    }

    /// <returns>A place that nobody had, or that of a check which is over; null if there is none.</returns>
    private async Task<(string Id, long? Revision)?> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        Dictionary<string, Document> known = (await documents.ListAsync(Of(tenant), new DocumentRange(Most), cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        for (int number = 0; number < Most; number++)
        {
            string id = number.ToString("D4", CultureInfo.InvariantCulture);
            if (!known.TryGetValue(id, out Document? place))
            {
                return (id, null);
            }

            if (await checks.FindAsync(tenant, DocumentJson.Read<CheckPlace>(place).Check, cancellationToken) is not { } check || check.Status.IsFinal())
            {
                return (id, place.Revision);
            }
        }

        return null;
    }

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);
}

/// <param name="Check">Its id.</param>
internal sealed record CheckPlace(string Check);
