using CodeExec.Api.Problems;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Importing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeExec.Api.Requests;

/// <summary>Bodies that are zips. They are put aside in a file without a name, for a zip is read from its end.</summary>
internal sealed class ArchiveBody(IOptions<GradingOptions> options)
{
    public static bool IsZip(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType.Equals("application/zip", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/x-zip-compressed", StringComparison.OrdinalIgnoreCase));

    /// <param name="leaveOut">See <see cref="SafeArchive.ReadAsync(Stream, GradingOptions, bool, CancellationToken)"/>.</param>
    /// <exception cref="RequestRefusedException">400, 413 or 415.</exception>
    public async Task<SafeArchive> ReadAsync(HttpContext context, bool leaveOut = false)
    {
        if (!IsZip(context.Request))
        {
            throw new RequestRefusedException(new(ProblemTypes.UnsupportedMediaType, "Send a zip, with 'Content-Type: application/zip'."));
        }

        JsonBodyReader.RefuseEncoded(context.Request);
        int most = options.Value.ArchiveBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = most;
        }

        await using FileStream aside = PutAside.Create();
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (aside.Length + count > most)
            {
                throw new RequestRefusedException(new(ProblemTypes.BodyTooLarge, $"An archive may have {most} bytes at most."));
            }

            await aside.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
        }

        aside.Position = 0;
        try
        {
            return await SafeArchive.ReadAsync(aside, options.Value, leaveOut, context.RequestAborted);
        }
        catch (ArchiveRefusedException e)
        {
            throw new RequestRefusedException(Problem.Invalid("archive", e.Message));
        }
    }
}
