using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Tenants;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class CheckHistoryTests() : HistoryComparison<CheckOrchestration, CheckStart, CheckStatus>(CheckActivities.Orchestration, new CheckStart(TenantId.Default, new ProblemVersion("sum", 2), "check-1"))
{
    [Fact]
    public Task Check_InThreeSlices_IsTheSameOverDurable()
    {
        int slices = 0;
        return CompareAsync(Activities(_ => ++slices % 3 == 0 ? CheckStatus.Passed : CheckStatus.Running), CheckStatus.Passed, 3 + 1);
    }

    [Fact]
    public Task Check_StoreIsAwayAtFirst_IsTheSameOverDurable()
        => CompareAsync(Activities(context => context.Attempt < 3 ? throw new IOException("away") : CheckStatus.Failed), CheckStatus.Failed, 3 + 1);

    [Fact]
    public Task Check_CanNotBeDone_IsGivenUpTheSameOverDurable() => CompareAsync(Activities(_ => throw new IOException("never")), CheckStatus.Error, 20 + 1 + 1);

    private static OrchestrationRegistry Activities(Func<ActivityContext, CheckStatus> advance)
        => new OrchestrationRegistry()
            .Activity(CheckActivities.Advance, (context, _, _) => Task.FromResult(advance(context)))
            .Activity(CheckActivities.GiveUp, (_, _, _) => Task.FromResult(CheckStatus.Error));
}
