using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace CodeExec.Storage.Azure.Accounts;

/// <summary>The clients of one storage account. They are safe to share and made once.</summary>
public sealed class AzureAccount
{
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly QueueServiceClient _queues;
    private readonly string _prefix;

    private AzureAccount(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues, string prefix)
    {
        _tables = tables;
        _blobs = blobs;
        _queues = queues;
        _prefix = prefix;
    }

    internal BlobServiceClient Blobs => _blobs;

    public static AzureAccount Open(AzureStorageOptions options) => Open(options, null);

    /// <param name="transport">What carries the requests to tables; null for the usual one.</param>
    internal static AzureAccount Open(AzureStorageOptions options, HttpPipelineTransport? transport)
    {
        ArgumentNullException.ThrowIfNull(options);
        TableClientOptions ofTables = Usual(new TableClientOptions());
        ofTables.Transport = transport ?? ofTables.Transport;
        if (options.ConnectionString is { Length: > 0 } connection)
        {
            return new(new(connection, ofTables), new(connection, Usual(new BlobClientOptions())), new(connection, Encoded()), options.Prefix);
        }
        TokenCredential identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.IdentityClientId });
        Uri Endpoint(string service) => new($"https://{options.Account}.{service}.{options.EndpointSuffix}");
        return new(
            new(Endpoint("table"), identity, ofTables),
            new(Endpoint("blob"), identity, Usual(new BlobClientOptions())),
            new(Endpoint("queue"), identity, Encoded()),
            options.Prefix);
    }

    /// <param name="name">Letters only: tables know no other separator than a capital.</param>
    internal TableClient Table(string name) => _tables.GetTableClient(_prefix + name);

    internal BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient($"{_prefix}-{name}");

    internal QueueClient Queue(string name) => _queues.GetQueueClient($"{_prefix}-{name}");

    private static QueueClientOptions Encoded()
        => Usual(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }); // as the queue functions of the Azure host expect it

    private static T Usual<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxRetries = 4;
        options.Diagnostics.IsLoggingContentEnabled = false; // bodies are users' code
        return options;
    }
}
