using CodeExec.Core.Storage.Documents;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>
/// The creations of all hosts that share a store: a document for each region of a subscription, changed by whoever makes a group and only as it was read, so that no two take the last
/// place. Where there is no store, or it does not answer, each host counts for itself, and Azure's own count is the last word.
/// </summary>
internal sealed class CreationLedger(IOptions<AciOptions> options, ILogger<CreationLedger> logger, IDocumentStore? documents = null)
{
    private readonly DocumentPartition _partition = new("aci-creations", options.Value.SubscriptionId.ToLowerInvariant());

    /// <summary>What is written down of a region; null if nobody can tell.</summary>
    public Task<CreationWindow?> ReadAsync(string region, CancellationToken cancellationToken)
        => TellAsync(region, async () => (await FindAsync(region, cancellationToken)).Window);

    /// <param name="change">Of what is there; null: it is to stay as it is.</param>
    /// <returns>What is there now, and whether this change was made; null if nobody can tell, and perhaps it was made.</returns>
    public Task<(CreationWindow Window, bool Changed)?> TryChangeAsync(string region, Func<CreationWindow, CreationWindow?> change, CancellationToken cancellationToken)
        => TellAsync<(CreationWindow, bool)?>(region, async () =>
        {
            while (true)
            {
                (CreationWindow known, long revision) = await FindAsync(region, cancellationToken);
                if (change(known) is not { } changed)
                {
                    return (known, false);
                }

                string id = IdOf(region);
                byte[] json = DocumentJson.Write(changed);
                if (await documents!.TryWriteAsync(_partition, [revision == 0 ? DocumentWrite.Create(id, json) : DocumentWrite.Update(id, json, revision)], cancellationToken))
                {
                    return (changed, true);
                }
            }
        });

    private async Task<(CreationWindow Window, long Revision)> FindAsync(string region, CancellationToken cancellationToken)
        => await documents!.FindAsync<CreationWindow>(_partition, IdOf(region), cancellationToken) ?? (CreationWindow.Empty, 0);

    private async Task<T?> TellAsync<T>(string region, Func<Task<T>> asked)
    {
        if (documents is null)
        {
            return default;
        }

        try
        {
            return await asked();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.NotCountedTogether(region, e.Message); // whatever the store has
            return default;
        }
    }

    private static string IdOf(string region) => region.ToLowerInvariant();
}
