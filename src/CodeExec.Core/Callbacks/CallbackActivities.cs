using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Callbacks;

/// <summary>The names that stand in histories.</summary>
public static class CallbackActivities
{
    public static readonly OrchestrationName<CallbackStart, bool> Orchestration = new("callback");

    public static readonly ActivityName<CallbackStart, SendOutcome> Send = new("callback.send");

    public static readonly ActivityName<CallbackStart, bool> GiveUp = new("callback.giveUp");
}

public sealed record CallbackStart(TenantId Tenant, string Delivery);

public enum SendOutcome
{
    Delivered,
    TryAgain,

    /// <summary>The receiver said so (410), or the delivery was forgotten.</summary>
    Gone,
}
