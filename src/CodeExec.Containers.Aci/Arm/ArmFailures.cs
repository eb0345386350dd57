using System.Globalization;
using Azure;
using Azure.Identity;

namespace CodeExec.Containers.Aci.Arm;

/// <summary>What an answer of Azure Resource Manager means.</summary>
internal static class ArmFailures
{
    /// <summary>Codes of "no room", which come with several statuses.</summary>
    private static readonly string[] NoRoom = ["ContainerGroupQuotaReached", "TooManyRequests", "SubscriptionRequestsThrottled", "ResourceRequestsThrottled", "ServiceUnavailable", "InsufficientCapacity", "RegistryErrorResponse"];

    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException e)
        {
            throw Of(e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new AciUnavailableException($"This host has no identity that Azure knows: {FirstLine(e)} (Aci:IdentityClientId).", e);
        }
        catch (AggregateException e) // each try of the pipeline left one
        {
            throw new AciUnavailableException($"Azure does not answer: {FirstLine(e.InnerExceptions[0])}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AciUnavailableException("Azure did not answer in time.", e);
        }
    }

    private static AciException Of(RequestFailedException e) => e switch
    {
        _ when e.Status == 429 || (e.ErrorCode is { } code && NoRoom.Contains(code, StringComparer.OrdinalIgnoreCase)) => new AciNoRoomException($"Azure has no room for another group now: {FirstLine(e)}", RetryAfter(e), e),
        { Status: 404 } => new AciNotFoundException($"It is gone: {FirstLine(e)}", e),
        { Status: 0 or 408 or >= 500 } => new AciUnavailableException($"Azure does not answer: {FirstLine(e)}", e),
        _ => new AciRefusedException($"Azure refused with {e.Status} {e.ErrorCode}: {FirstLine(e)}", e),
    };

    private static TimeSpan? RetryAfter(RequestFailedException e)
        => e.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();
}
