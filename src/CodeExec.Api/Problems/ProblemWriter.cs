using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Api.Judge0;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CodeExec.Api.Problems;

internal static class ProblemWriter
{
    public static Task RefuseAsync(this HttpContext context, Problem problem)
    {
        ErrorShape? shape = context.GetEndpoint()?.Metadata.GetMetadata<ErrorShapeMetadata>()?.Shape;
        context.Response.StatusCode = shape == ErrorShape.Judge0 ? Judge0Problems.StatusOf(problem) : problem.Type.Status;
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        context.Tell(problem.Attempts);
        if (problem.Type.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"codeexec\"";
        }

        return shape switch
        {
            ErrorShape.Piston => WriteAsync(context, new PistonProblemView(PlainText.Of(problem)), ApiJson.Default.PistonProblemView, "application/json; charset=utf-8"),
            ErrorShape.Codebae => WriteAsync(context, CodebaeProblemView.From(problem), ApiJson.Default.CodebaeProblemView, "application/problem+json"),
            ErrorShape.Judge0 when problem.Errors is { } errors => WriteAsync(context, Judge0Problems.ByAttribute(errors), ApiJson.Default.IReadOnlyDictionaryStringStringArray, "application/json; charset=utf-8"),
            ErrorShape.Judge0 => WriteAsync(context, new Judge0ErrorView(Judge0Problems.TextOf(problem)), ApiJson.Default.Judge0ErrorView, "application/json; charset=utf-8"),
            _ => WriteAsync(context, ProblemView.From(problem), ApiJson.Default.ProblemView, "application/problem+json"),
        };
    }

    private static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, string contentType)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}

internal sealed record ErrorShapeMetadata(ErrorShape Shape);
