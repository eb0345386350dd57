using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Artifacts;

/// <summary>What a step wrote, to the byte: an execution shows it as text, where bytes that are not UTF-8 can not stand.</summary>
internal sealed class OutputEndpoints(IExecutionService executions)
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/api/executions/{id}/outputs/{step}/{stream}", DownloadAsync).For(Role.Reader).OrStudents();

    private async Task DownloadAsync(HttpContext context)
    {
        ExecutionRecord record = await context.FindExecutionAsync(executions);
        string step = context.GetRouteValue("step") as string ?? "", stream = context.GetRouteValue("stream") as string ?? "";
        CapturedOutput? output = Find(record, step, stream);
        await using Stream? content = output is null ? null : await executions.OpenOutputAsync(output, context.RequestAborted);
        if (content is null)
        {
            throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such output, or its step has not ended: 'compile' or 'run', then 'stdout' or 'stderr'."));
        }

        context.BeginDownload(stream, content.CanSeek ? content.Length : null);
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static CapturedOutput? Find(ExecutionRecord record, string step, string stream)
    {
        StepResult? result = step switch
        {
            "compile" => record.Compile,
            "run" => record.Run,
            _ => null,
        };
        return stream switch
        {
            "stdout" => result?.Stdout,
            "stderr" => result?.Stderr,
            _ => null,
        };
    }
}
