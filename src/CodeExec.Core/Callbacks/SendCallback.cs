using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Secrets;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Callbacks;

/// <summary>Tries a delivery once, and writes down what came of it.</summary>
public sealed class SendCallback(DeliveryStore deliveries, ISecretProtector secrets, CallbackSender sender, IOptions<CallbackOptions> options, TimeProvider clock) : IActivity<CallbackStart, SendOutcome>
{
    public const string DeliveryHeader = "X-CodeExec-Delivery", EventHeader = "X-CodeExec-Event", TimestampHeader = "X-CodeExec-Timestamp", SignatureHeader = "X-CodeExec-Signature";

    public async Task<SendOutcome> RunAsync(ActivityContext context, CallbackStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await deliveries.FindAsync(input.Tenant, input.Delivery, cancellationToken) is not { } delivery)
        {
            return SendOutcome.Gone;
        }

        DateTimeOffset at = clock.GetUtcNow();
        (int? status, string? problem) = await SendAsync(delivery, at, cancellationToken);
        SendOutcome outcome = status is >= 200 and < 300 ? SendOutcome.Delivered : status == (int)HttpStatusCode.Gone ? SendOutcome.Gone : SendOutcome.TryAgain;
        DeliveryTry tried = new(at, status, problem, (long)(clock.GetUtcNow() - at).TotalMilliseconds);
        await deliveries.ChangeAsync(
            input.Tenant,
            input.Delivery,
            one => one with { State = outcome == SendOutcome.Delivered ? DeliveryState.Delivered : one.State, Tries = [.. one.Tries.TakeLast(Delivery.MostTriesKept - 1), tried] },
            cancellationToken);
        return outcome;
    }

    /// <summary>HMAC-SHA256 over the timestamp, a full stop, and the body.</summary>
    public static string Sign(string secret, string timestamp, string body)
        => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    private async Task<(int? Status, string? Problem)> SendAsync(Delivery delivery, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(new HttpMethod(delivery.Method), delivery.Target.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        string timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(DeliveryHeader, delivery.Id);
        request.Headers.Add(EventHeader, delivery.Event);
        request.Headers.Add(TimestampHeader, timestamp);
        if (delivery.Target.ProtectedSecret is { } secret)
        {
            request.Headers.Add(SignatureHeader, Sign(secrets.Unprotect(secret), timestamp, delivery.Body));
        }

        using CancellationTokenSource deadline = new(options.Value.Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return (await sender.SendAsync(request, either.Token), null);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, "The receiver took too long.");
        }
        catch (HttpRequestException e)
        {
            return (null, e.InnerException is AddressRefusedException refused ? refused.Message : $"The receiver could not be reached ({e.HttpRequestError}).");
        }
        catch (AddressRefusedException e)
        {
            return (null, e.Message);
        }
    }
}
