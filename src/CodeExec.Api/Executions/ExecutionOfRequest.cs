using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Executions;

/// <summary>Finds the execution that an address names. What is another tenant's (for students: another's), or is no id, answers like what does not exist.</summary>
internal static class ExecutionOfRequest
{
    public static bool TryGetExecutionId(this HttpContext context, out ExecutionId id)
        => ExecutionId.TryParse(context.GetRouteValue("id") as string, out id);

    /// <exception cref="RequestRefusedException">404.</exception>
    public static async Task<ExecutionRecord> FindExecutionAsync(this HttpContext context, IExecutionService executions)
        => context.TryGetExecutionId(out ExecutionId id) && await executions.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted) is { } record
            && context.GetCaller().MaySee(record.Student)
            ? record
            : throw NotFound(context);

    public static RequestRefusedException NotFound(HttpContext context)
        => new(context.TryGetExecutionId(out ExecutionId id)
            ? Problem.NoExecution(id)
            : new(ProblemTypes.NotFound, "The id of an execution has 32 hexadecimal digits."));
}
