using CodeExec.Api.Access;
using CodeExec.Api.Artifacts;
using CodeExec.Api.Executions;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Displays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Displays;

/// <summary>
/// What programs show, as the types they have: a stranger's pages and drawings among them. The browser is told to take each for a document of an origin
/// of its own, in which no script runs and which reaches nothing.
/// </summary>
internal sealed class DisplayEndpoints(IExecutionService executions, DirectLinks links)
{
    private const string NothingButItself =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/api/executions/{id}/displays/{display}", ReadAsync).For(Role.Reader);

    private async Task ReadAsync(HttpContext context)
    {
        ExecutionRecord record = await context.FindExecutionAsync(executions);
        string id = context.GetRouteValue("display") as string ?? "";
        if (DisplayTypes.OfId(id) is not { } type)
        {
            throw NoSuchDisplay();
        }

        if (await links.TryAnswerAsync(context, ExecutionBlobs.Display(record.Id, id), id))
        {
            return;
        }

        await using Stream content = await executions.OpenDisplayAsync(record.Tenant, record.Id, id, context.RequestAborted) ?? throw NoSuchDisplay();
        HttpResponse response = context.Response;
        response.Headers.ContentDisposition = $"inline; filename=\"{id}\"";
        response.Headers.ContentSecurityPolicy = NothingButItself;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        response.ContentType = type.IsText ? $"{type.Mime}; charset=utf-8" : type.Mime;
        response.ContentLength = content.CanSeek ? content.Length : null;
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static RequestRefusedException NoSuchDisplay()
        => new(new(ProblemTypes.NotFound, "The execution shows no such thing. 'displays' of the execution, and its 'display' events, list what there is."));
}
