using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>The names that stand in histories.</summary>
public static class CheckActivities
{
    public static readonly OrchestrationName<CheckStart, CheckStatus> Orchestration = new("problem-check");

    public static readonly ActivityName<CheckStart, CheckStatus> Advance = new("problem-check.advance");

    public static readonly ActivityName<CheckGivenUp, CheckStatus> GiveUp = new("problem-check.give-up");

    public static string InstanceId(string check) => "problem-check-" + check;
}

public sealed record CheckStart(TenantId Tenant, ProblemVersion Problem, string Id);

public sealed record CheckGivenUp(CheckStart Check, string Reason);
