using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Problems.Checks;

/// <summary>A check from its start to its end, in slices: each looks how far it is, and goes on from there.</summary>
public sealed class CheckOrchestration : IOrchestration<CheckStart, CheckStatus>
{
    /// <summary>So that a history stays short.</summary>
    private const int SlicesOfARun = 50;

    public async Task<CheckStatus> RunAsync(OrchestrationContext context, CheckStart input)
    {
        ArgumentNullException.ThrowIfNull(context);
        for (int slice = 0; slice < SlicesOfARun; slice++)
        {
            CheckStatus status;
            try
            {
                status = await context.CallActivityAsync(CheckActivities.Advance, input, ActivityOptions.Patient);
            }
            catch (ActivityFailedException e)
            {
                return await context.CallActivityAsync(CheckActivities.GiveUp, new CheckGivenUp(input, e.Failure.Message), ActivityOptions.Patient);
            }

            if (status.IsFinal())
            {
                return status;
            }
        }

        context.ContinueAsNew(input);
        return CheckStatus.Running;
    }
}
