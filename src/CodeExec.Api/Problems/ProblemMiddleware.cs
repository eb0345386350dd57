using System.Data.Common;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using CodeExec.Core.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Problems;

/// <summary>The outermost step: whatever goes wrong inside leaves as a problem that names no type, path or stack.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, IEnumerable<IOutageRule> outages, ILogger<ProblemMiddleware> logger)
{
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(5);

    private readonly IOutageRule[] _outages = [.. outages];

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null }
                && StatusProblems.For(context.Response.StatusCode) is { } problem)
            {
                await context.RefuseAsync(problem);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // The client has gone, or was cut off: nobody is there to be answered.
            context.Abort();
        }
        catch (Exception e)
        {
            await AnswerAsync(context, e);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        Problem problem = ProblemFor(context, exception);
        if (context.Response.HasStarted)
        {
            // Half an answer can not be taken back; a broken connection is the only way left to say that it is not whole.
            context.Abort();
            return;
        }

        context.Response.Clear();
        await context.RefuseAsync(problem);
    }

    private Problem ProblemFor(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case RequestRefusedException refused:
                return refused.Problem;
            case EngineBusyException busy:
                return Problem.Busy(busy.RetryAfter);
            case InvalidCursorException:
                return Problem.Invalid("cursor", "Not a cursor that this server gave out. Leave it away to start from the newest.");
            case BadHttpRequestException bad:
                return StatusProblems.For(bad.StatusCode) ?? StatusProblems.For(StatusCodes.Status400BadRequest)!;
        }

        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        if (IsOutage(exception))
        {
            logger.RequestHitOutage(exception, context.Request.Method, route);
            return new(ProblemTypes.Unavailable, "A store or service this server needs does not answer. Try again after the time in Retry-After; GET /health says what is wrong.") { RetryAfter = OutageRetry };
        }

        string id = Guid.NewGuid().ToString("n");
        logger.RequestFailed(exception, id, context.Request.Method, route);
        return new(ProblemTypes.InternalError, $"This should not have happened. Tell the operator the id {id}: the server's log has the cause under it.") { RequestId = id };
    }

    private bool IsOutage(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException or IOException or TimeoutException or HttpRequestException || _outages.Any(rule => rule.IsOutage(e)))
            {
                return true;
            }
        }

        return false;
    }
}
