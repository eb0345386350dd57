using CodeExec.Core.Executions.Results;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Specifications.Running;

/// <summary>A run from acceptance to its one end: its tests are an execution of their own, its report is made when that has ended.</summary>
public sealed class ValidationOrchestration : IOrchestration<string, ValidationStatus>
{
    public async Task<ValidationStatus> RunAsync(OrchestrationContext context, string input)
    {
        ArgumentNullException.ThrowIfNull(context);
        using CancellationTokenSource ended = new();
        Task<string> stop = context.WaitForEventAsync<string>(ValidationActivities.StopEvent, ended.Token);
        bool stopped = false;
        ExecutionError? error = null;
        try
        {
            Task<bool> run;
            do
            {
                run = context.CallActivityAsync(ValidationActivities.Run, input, ActivityOptions.Patient);
                if (!stopped && await Task.WhenAny(run, stop) == stop)
                {
                    stopped = true;
                    await context.CallActivityAsync(ValidationActivities.Stop, input, ActivityOptions.Patient);
                }
            }
            while (!await run);
        }
        catch (ActivityFailedException e)
        {
            error = new ExecutionError("validation-failed", $"The tests could not be run, after several tries: {e.Failure.Message}");
        }

        ended.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
        return await context.CallActivityAsync(ValidationActivities.Finish, new ValidationEnd(input, error), ActivityOptions.Patient);
    }
}
