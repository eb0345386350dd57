using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Executions;

/// <summary>For endpoints of other systems, whose clients wait for the answer in the request itself.</summary>
internal sealed class DropInExecutions(IExecutionService executions, ExecutionViews views, PatientWait waits)
{
    /// <summary>Longer than clients of such systems wait; what still runs then goes on, and can be read under its id.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <exception cref="RequestRefusedException">Nothing was accepted, or it has not ended in time.</exception>
    public async Task<ExecutionRecord> RunAsync(HttpContext context, Submission submission, IdempotencyKey? key)
        => await WaitAsync(context, (await executions.SubmitAsync(context.GetCaller().Tenant, submission, key, CancellationToken.None)).RecordOrRefuse());

    /// <exception cref="RequestRefusedException">It has not ended in time.</exception>
    public async Task<ExecutionRecord> WaitAsync(HttpContext context, ExecutionRecord record)
    {
        ExecutionRecord? ended = record.Status.IsFinal() ? record : await waits.WaitAsync(context, record.Id, Patience);
        return ended is null
            ? throw new RequestRefusedException(Problem.NoExecution(record.Id))
            : ended.Status.IsFinal()
                ? ended
                : throw new RequestRefusedException(new(ProblemTypes.Unavailable, $"The execution waits or runs for longer than this request may. See {ExecutionViews.Url(record.Id)}.") { RetryAfter = TimeSpan.FromSeconds(30) });
    }

    public ValueTask<ExecutionView> ViewAsync(ExecutionRecord record, CancellationToken cancellationToken) => views.WholeAsync(record, cancellationToken);
}
