using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Cli.Tests.Doubles;

internal sealed record Refusal(int Status, string Problem, int? RetryAfterSeconds = null)
{
    public static Refusal Busy(int? retryAfterSeconds = null)
        => new(429, """{"type":"https://codeexec.dev/problems/busy","title":"Too much is waiting","detail":"Try again later."}""", retryAfterSeconds);

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/problem+json";
        if (RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        await context.Response.WriteAsync(Problem);
    }
}
