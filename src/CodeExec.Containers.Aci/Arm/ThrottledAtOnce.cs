using Azure.Core;
using Azure.Core.Pipeline;

namespace CodeExec.Containers.Aci.Arm;

/// <summary>Tries again what failed on its way, but not what was throttled: how long to wait then, and whether elsewhere, is decided by who knows why it was asked.</summary>
internal sealed class ThrottledAtOnce() : RetryPolicy(maxRetries: 3)
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => !IsThrottled(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) => IsThrottled(message) ? new(false) : base.ShouldRetryAsync(message, exception);

    private static bool IsThrottled(HttpMessage message) => message.HasResponse && message.Response.Status == 429;
}
