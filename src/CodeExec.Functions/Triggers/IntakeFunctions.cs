using CodeExec.Functions.Engine;
using CodeExec.Functions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Triggers;

/// <summary>Submissions from a queue. One that throws is given out again, at last to the poison queue; the host does both.</summary>
internal sealed class IntakeFunctions(SubmissionIntake intake, PoisonKeeper poison, DurableClientSource engine)
{
    [Function("Intake")]
    public Task TakeAsync([QueueTrigger("%IntakeQueue%", Connection = "AzureWebJobsStorage")] BinaryData message, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        engine.Use(client);
        return intake.TakeAsync(message, stop);
    }

    [Function("IntakePoison")]
    public Task KeepAsync([QueueTrigger("%IntakeQueue%-poison", Connection = "AzureWebJobsStorage")] BinaryData message, CancellationToken stop)
        => poison.KeepAsync(SubmissionIntake.Kind, message, stop);
}
