using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Problems;

/// <summary>Problems for what the server below us or routing refused with a bare status code.</summary>
internal static class StatusProblems
{
    public static Problem? For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(ProblemTypes.InvalidRequest, "The request is not valid HTTP. Check its headers and its address."),
        StatusCodes.Status401Unauthorized => new(ProblemTypes.Unauthenticated, "Send a key: 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'."),
        StatusCodes.Status403Forbidden => new(ProblemTypes.Forbidden, "The key does not allow this."),
        StatusCodes.Status404NotFound => new(ProblemTypes.NotFound, "There is nothing at this address. GET /openapi/v1.json lists all that is served."),
        StatusCodes.Status405MethodNotAllowed => new(ProblemTypes.MethodNotAllowed, "This address does not take that method; the Allow header lists those it takes."),
        StatusCodes.Status408RequestTimeout => new(ProblemTypes.RequestTimeout, "The body came too slowly. Send the request again."),
        StatusCodes.Status413PayloadTooLarge => new(ProblemTypes.BodyTooLarge, "Send a smaller body."),
        StatusCodes.Status415UnsupportedMediaType => new(ProblemTypes.UnsupportedMediaType, "Send the body as 'Content-Type: application/json'."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(ProblemTypes.HeadersTooLarge, "Send fewer or shorter headers."),
        _ => null,
    };
}
