using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Blobs;

/// <summary>Links signed with the account's key where the connection string has one, else with a key that the service delegates to this process's identity.</summary>
public sealed class AzureBlobLinks(AzureAccount account, TimeSpan lifetime, TimeProvider clock) : IBlobLinks
{
    /// <summary>Machines' clocks differ.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan DelegatedFor = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private (UserDelegationKey Key, DateTimeOffset ExpiresAt)? _delegated;

    public async Task<BlobLink?> CreateAsync(string key, string fileName, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        ArgumentNullException.ThrowIfNull(fileName);
        BlobClient blob = account.Container(AzureBlobStore.ContainerName).GetBlobClient(BlobNames.Of(key));
        if (!await blob.ExistsAsync(cancellationToken))
        {
            return null;
        }
        BlobSasBuilder link = New(blob, BlobSasPermissions.Read, lifetime);
        link.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(fileName)}";
        link.ContentType = "application/octet-stream"; // never shown as a page: a program wrote it
        return await SignAsync(blob, link, cancellationToken);
    }

    public Task<BlobLink> CreateForAppendingAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        BlobClient blob = account.Container(AzureBlobStore.ContainerName).GetBlobClient(BlobNames.Of(key));
        return SignAsync(blob, New(blob, BlobSasPermissions.Create | BlobSasPermissions.Add, lifetime), cancellationToken);
    }

    private BlobSasBuilder New(BlobClient blob, BlobSasPermissions permissions, TimeSpan goodFor)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new BlobSasBuilder(permissions, now + goodFor)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - Early,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp, // Azurite on this machine speaks plain HTTP
        };
    }

    private async Task<BlobLink> SignAsync(BlobClient blob, BlobSasBuilder link, CancellationToken cancellationToken)
    {
        if (blob.CanGenerateSasUri)
        {
            return new(blob.GenerateSasUri(link), link.ExpiresOn);
        }
        BlobUriBuilder address = new(blob.Uri) { Sas = link.ToSasQueryParameters(await DelegatedKeyAsync(link.ExpiresOn, cancellationToken), account.Blobs.AccountName) };
        return new(address.ToUri(), link.ExpiresOn);
    }

    /// <summary>One that is good for as long as a link is to be.</summary>
    private async Task<UserDelegationKey> DelegatedKeyAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_delegated is { } known && known.ExpiresAt > until)
            {
                return known.Key;
            }
        }
        DateTimeOffset expires = until + DelegatedFor;
        UserDelegationKey made = await account.Blobs.GetUserDelegationKeyAsync(clock.GetUtcNow() - Early, expires, cancellationToken);
        lock (_gate)
        {
            _delegated = (made, expires);
        }
        return made;
    }
}
