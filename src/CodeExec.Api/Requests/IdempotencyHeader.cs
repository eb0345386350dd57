using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CodeExec.Api.Requests;

internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>Null without the header.</summary>
    /// <exception cref="RequestRefusedException">The header is not 1 to 255 visible ASCII characters.</exception>
    public static IdempotencyKey? Read(HttpRequest request, JsonBody body, string scope)
        => Read(request) is { } key ? new(key, body.Fingerprint(scope)) : null;

    /// <inheritdoc cref="Read(HttpRequest, JsonBody, string)"/>
    public static string? Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Name, out StringValues values))
        {
            return null;
        }

        string key = values.Count == 1 ? values[0] ?? "" : "";
        return key.Length is > 0 and <= MaxLength && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new RequestRefusedException(Problem.Invalid(Name, $"Must be one header of 1 to {MaxLength} visible ASCII characters."));
    }
}
