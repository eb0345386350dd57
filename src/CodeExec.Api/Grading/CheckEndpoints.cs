using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = CodeExec.Core.Problems.Problem;

namespace CodeExec.Api.Grading;

/// <summary>Checks of problems: what their inputs and solutions came to. For authors.</summary>
internal sealed class CheckEndpoints(CheckService checks, CheckWait waits, ProblemEndpoints problems)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/problems/{id}/check", GetAsync).For(Role.Admin);
        routes.MapPost("/api/problems/{id}/check", StartAsync).For(Role.Admin);
    }

    private async Task GetAsync(HttpContext context)
    {
        TimeSpan wait = CheckWait.Of(context);
        Problem problem = await problems.FindAsync(context);
        ProblemCheck check = await checks.FindAsync(context.GetCaller().Tenant, problem, context.RequestAborted)
            ?? throw new RequestRefusedException(new(ProblemTypes.NotFound, $"Version {problem.Version} of '{problem.Id}' was not checked. POST the same address to have it checked."));
        await AnswerAsync(context, StatusCodes.Status200OK, await waits.WaitAsync(context, check, wait));
    }

    private async Task StartAsync(HttpContext context)
    {
        TimeSpan wait = CheckWait.Of(context);
        Problem problem = await problems.FindAsync(context);
        try
        {
            ProblemCheck check = await checks.StartAsync(context.GetCaller().Tenant, problem, CancellationToken.None) ?? throw ProblemEndpoints.NotFound(context);
            check = await waits.WaitAsync(context, check, wait);
            await AnswerAsync(context, check.Status.IsFinal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, check);
        }
        catch (EngineBusyException e)
        {
            throw new RequestRefusedException(Api.Problems.Problem.Busy(e.RetryAfter));
        }
    }

    private async Task AnswerAsync(HttpContext context, int status, ProblemCheck check)
    {
        Problem now = await problems.FindAsync(context); // its state may have changed meanwhile
        CheckReport report = await checks.ReadReportAsync(check, context.RequestAborted);
        await context.WriteAsync(status, CheckView.Of(check, now.State, report), ApiJson.Default.CheckView);
    }
}
