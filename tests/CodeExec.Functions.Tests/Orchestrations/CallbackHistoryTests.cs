using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class CallbackHistoryTests() : HistoryComparison<CallbackOrchestration, CallbackStart, bool>(CallbackActivities.Orchestration, new CallbackStart(TenantId.Default, "delivery"))
{
    [Fact]
    public Task Callback_IsDeliveredAtOnce_IsTheSameOverDurable() => CompareAsync(Activities(_ => SendOutcome.Delivered), true, 2);

    [Fact]
    public Task Callback_IsDeliveredAtTheThirdTry_IsTheSameOverDurable() => CompareAsync(Activities(call => call < 3 ? SendOutcome.TryAgain : SendOutcome.Delivered), true, 6);

    [Fact]
    public Task Callback_ReceiverIsGone_IsTheSameOverDurable() => CompareAsync(Activities(_ => SendOutcome.Gone), false, 3);

    [Fact]
    public Task Callback_IsTriedForADayInVain_IsTheSameOverDurable() => CompareAsync(Activities(_ => SendOutcome.TryAgain), false, 11 + 10 + 2);

    [Fact]
    public Task Callback_StoreIsAwayOnce_IsTheSameOverDurable() => CompareAsync(Activities(call => call == 1 ? throw new IOException("away") : SendOutcome.Delivered), true, 3);

    private static OrchestrationRegistry Activities(Func<int, SendOutcome> send)
    {
        int calls = 0;
        return new OrchestrationRegistry()
            .Activity(CallbackActivities.Send, (_, _, _) => Task.FromResult(send(++calls)))
            .Activity(CallbackActivities.GiveUp, (_, _, _) => Task.FromResult(true));
    }
}
