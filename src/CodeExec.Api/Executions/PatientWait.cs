using CodeExec.Api.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Api.Executions;

/// <summary>Waits for the end of an execution on behalf of a request, but not longer than the server means to live.</summary>
internal sealed class PatientWait(IExecutionService executions, IHostApplicationLifetime lifetime)
{
    /// <returns>The record as it is at the end of the wait; null if there is none any more.</returns>
    public async Task<ExecutionRecord?> WaitAsync(HttpContext context, ExecutionId id, TimeSpan limit)
    {
        TenantId tenant = context.GetCaller().Tenant;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return await executions.WaitAsync(tenant, id, limit, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return await executions.FindAsync(tenant, id, context.RequestAborted);
        }
    }
}
