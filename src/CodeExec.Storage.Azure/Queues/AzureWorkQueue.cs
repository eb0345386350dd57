using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CodeExec.Core.Queues;
using CodeExec.Storage.Azure.Accounts;
using QueueMessage = CodeExec.Core.Queues.QueueMessage;
using StoredMessage = Azure.Storage.Queues.Models.QueueMessage;

namespace CodeExec.Storage.Azure.Queues;

/// <summary>Queues of a storage account, in the encoding that the queue functions of the Azure host read.</summary>
public sealed class AzureWorkQueue : IWorkQueue
{
    /// <summary>A message never expires by itself: what is not done goes to the poison queue, where somebody sees it.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private const int MostAtOnce = 32;

    private readonly AzureAccount _account;
    private readonly BlobContainerClient _large;
    private readonly int _maxTries;
    private readonly ConcurrentDictionary<string, QueueClient> _known = [];

    private AzureWorkQueue(AzureAccount account, BlobContainerClient large, int maxTries)
    {
        _account = account;
        _large = large;
        _maxTries = maxTries;
    }

    public static async Task<AzureWorkQueue> OpenAsync(AzureAccount account, QueueOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(options);
        BlobContainerClient large = account.Container("messages");
        await large.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return new(account, large, options.MaxTries);
    }

    public async Task SendAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        QueueClient client = await ClientAsync(queue, cancellationToken);
        BinaryData envelope = await MessageEnvelope.WrapAsync(_large, queue, body, cancellationToken);
        await client.SendMessageAsync(envelope, delay, Forever, cancellationToken);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        QueueClient client = await ClientAsync(queue, cancellationToken);
        StoredMessage[] received = await client.ReceiveMessagesAsync(Math.Min(limit, MostAtOnce), hiddenFor, cancellationToken);
        List<QueueMessage> taken = [];
        foreach (StoredMessage message in received)
        {
            if (!QueueNames.IsPoison(queue) && message.DequeueCount > _maxTries)
            {
                await MoveToPoisonAsync(client, queue, message, cancellationToken);
            }
            else if (await MessageEnvelope.UnwrapAsync(_large, message.Body, cancellationToken) is { } body)
            {
                Receipt receipt = new(message.PopReceipt, MessageEnvelope.BlobOf(message.Body));
                taken.Add(new(queue, message.MessageId, receipt.ToString(), (int)message.DequeueCount, message.InsertedOn ?? default, body));
            }
            else
            {
                // Moved to the poison queue and completed there, while this one could not be deleted.
                await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }
        }
        return taken;
    }

    public async Task<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            QueueClient client = await ClientAsync(message.Queue, cancellationToken);
            Receipt receipt = Receipt.Parse(message.Receipt);
            UpdateReceipt renewed = await client.UpdateMessageAsync(message.Id, receipt.Pop, (string?)null, hiddenFor, cancellationToken);
            return message with { Receipt = (receipt with { Pop = renewed.PopReceipt }).ToString() };
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            return null;
        }
    }

    public async Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            QueueClient client = await ClientAsync(message.Queue, cancellationToken);
            Receipt receipt = Receipt.Parse(message.Receipt);
            await client.DeleteMessageAsync(message.Id, receipt.Pop, cancellationToken); // first: the body of one that somebody else works on must stay
            if (receipt.Blob is not null)
            {
                await _large.DeleteBlobIfExistsAsync(receipt.Blob, cancellationToken: cancellationToken);
            }
            return true;
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int limit, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        QueueClient client = await ClientAsync(queue, cancellationToken);
        PeekedMessage[] peeked = await client.PeekMessagesAsync(Math.Min(limit, MostAtOnce), cancellationToken);
        List<QueueMessage> seen = [];
        foreach (PeekedMessage message in peeked)
        {
            if (await MessageEnvelope.UnwrapAsync(_large, message.Body, cancellationToken) is { } body)
            {
                seen.Add(new(queue, message.MessageId, "", (int)message.DequeueCount, message.InsertedOn ?? default, body));
            }
        }
        return seen;
    }

    /// <summary>Takes page by page until it is there, and gives the others back.</summary>
    public async Task<QueueMessage?> TakeAsync(string queue, string id, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        QueueClient client = await ClientAsync(queue, cancellationToken);
        List<StoredMessage> others = [];
        try
        {
            while (true)
            {
                StoredMessage[] page = await client.ReceiveMessagesAsync(MostAtOnce, hiddenFor, cancellationToken);
                others.AddRange(page.Where(message => message.MessageId != id));
                if (Array.Find(page, message => message.MessageId == id) is { } found)
                {
                    Receipt receipt = new(found.PopReceipt, MessageEnvelope.BlobOf(found.Body));
                    return await MessageEnvelope.UnwrapAsync(_large, found.Body, cancellationToken) is { } body
                        ? new(queue, id, receipt.ToString(), (int)found.DequeueCount, found.InsertedOn ?? default, body)
                        : null;
                }
                if (page.Length == 0)
                {
                    return null;
                }
            }
        }
        finally
        {
            foreach (StoredMessage other in others)
            {
                await GiveBackAsync(client, other);
            }
        }
    }

    public async Task<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueClient client = await ClientAsync(queue, cancellationToken);
        QueueProperties properties = await client.GetPropertiesAsync(cancellationToken);
        return properties.ApproximateMessagesCount;
    }

    /// <summary>For messages that somebody else receives (a queue function): the body that a message stands for.</summary>
    /// <returns>Null if it is gone: the message was completed before.</returns>
    public Task<ReadOnlyMemory<byte>?> ReadBodyAsync(BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MessageEnvelope.UnwrapAsync(_large, message, cancellationToken);
    }

    /// <summary>Removes what is kept beside a message, whose work is done and which somebody else removes.</summary>
    public async Task DropBodyAsync(BinaryData message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (MessageEnvelope.BlobOf(message) is { } blob)
        {
            await _large.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken);
        }
    }

    private static async Task GiveBackAsync(QueueClient client, StoredMessage message)
    {
        try
        {
            await client.UpdateMessageAsync(message.MessageId, message.PopReceipt, (string?)null, TimeSpan.Zero, CancellationToken.None);
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            // Its time was up, and somebody else has it.
        }
    }

    private static bool IsLost(RequestFailedException e) => e.Status is AzureFailures.NotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    private async Task MoveToPoisonAsync(QueueClient client, string queue, StoredMessage message, CancellationToken cancellationToken)
    {
        // First into the one, then out of the other: twice in the poison queue is better than nowhere.
        QueueClient poison = await ClientAsync(QueueNames.PoisonOf(queue), cancellationToken);
        await poison.SendMessageAsync(message.Body, TimeSpan.Zero, Forever, cancellationToken);
        try
        {
            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            // Somebody else moved it as well.
        }
    }

    private async Task<QueueClient> ClientAsync(string queue, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(queue, out QueueClient? known))
        {
            return known;
        }
        QueueClient client = _account.Queue(queue);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return _known.GetOrAdd(queue, client);
    }
}
