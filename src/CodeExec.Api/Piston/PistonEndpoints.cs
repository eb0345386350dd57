using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages.Detection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Piston;

/// <summary>Piston's version 2 endpoints: a client of Piston works after changing its address.</summary>
internal sealed class PistonEndpoints(JsonBodyReader bodies, PistonRequestReader requests, DropInExecutions executions, PistonAnswers answers, InstalledLanguages languages)
{
    private const string Scope = "piston";

    private readonly IReadOnlyList<PistonRuntimeView> _runtimes =
        [.. languages.Installed.SelectMany(one => one.Versions, (one, version) => new PistonRuntimeView(one.Language.Id, version.Id, one.Language.Aliases))];

    public void Map(IEndpointRouteBuilder routes)
    {
        ErrorShapeMetadata shape = new(ErrorShape.Piston);
        routes.MapGet("/api/v2/runtimes", context => context.WriteAsync(StatusCodes.Status200OK, _runtimes, ApiJson.Default.IReadOnlyListPistonRuntimeView))
            .For(Role.Reader).WithMetadata(shape);
        routes.MapPost("/api/v2/execute", ExecuteAsync).For(Role.Submitter).WithMetadata(shape);
    }

    private async Task ExecuteAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        PistonRequest request = requests.Read(body.Root);
        ExecutionRecord record = await executions.RunAsync(context, request.Submission, IdempotencyHeader.Read(context.Request, body, Scope));
        await context.WriteAsync(StatusCodes.Status200OK, await answers.CreateAsync(request, record, context.RequestAborted), ApiJson.Default.PistonAnswer);
    }
}
