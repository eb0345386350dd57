using System.Text;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Specifications;

/// <summary>A report as JSON, or as a page that needs nothing else: "format=html", or a browser that asks for HTML.</summary>
internal static class ComplianceAnswer
{
    private const string NothingFromElsewhere = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task WriteAsync(HttpContext context, ValidationRun run, ComplianceReport? report, string? name)
    {
        FieldErrors errors = new();
        string? format = new QueryReader(context.Request, errors).Text("format");
        if (format is not (null or "json" or "html"))
        {
            errors.Add("format", "Must be json or html.");
        }

        errors.ThrowIfAny();
        bool author = Pages.IsAuthor(context);
        bool html = format == "html" || (format is null && context.Request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase));
        if (!html)
        {
            await context.WriteAsync(StatusCodes.Status200OK, ValidationView.Whole(run, report, author), ApiJson.Default.ValidationView);
            return;
        }

        ComplianceReport shown = report ?? throw Pages.NotFound("report: the validation has not completed");
        byte[] page = Encoding.UTF8.GetBytes(ComplianceHtml.Make(run, author ? shown : shown.ForSubmitter(), name));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = NothingFromElsewhere;
        context.Response.Headers.XFrameOptions = "DENY";
        await context.Response.Body.WriteAsync(page, context.RequestAborted);
    }
}
