using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Problems;

/// <summary>The one table of refusals, for both hosts. docs/api.md lists it for users.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", StatusCodes.Status400BadRequest, "The request is not valid");
    public static readonly ProblemType MalformedBody = new("malformed-body", StatusCodes.Status400BadRequest, "The body can not be read");
    public static readonly ProblemType Unauthenticated = new("unauthenticated", StatusCodes.Status401Unauthorized, "A valid key is needed");
    public static readonly ProblemType Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "Not allowed with this key");
    public static readonly ProblemType ForeignOrigin = new("foreign-origin", StatusCodes.Status403Forbidden, "Not allowed from this page");
    public static readonly ProblemType ForeignHost = new("foreign-host", StatusCodes.Status403Forbidden, "Not served under this name");
    public static readonly ProblemType NotFound = new("not-found", StatusCodes.Status404NotFound, "Not found");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "Method not allowed");
    public static readonly ProblemType RequestTimeout = new("request-timeout", StatusCodes.Status408RequestTimeout, "The request came too slowly");
    public static readonly ProblemType IdempotencyConflict = new("idempotency-conflict", StatusCodes.Status409Conflict, "The idempotency key was used for another request");
    public static readonly ProblemType AlreadyExists = new("already-exists", StatusCodes.Status409Conflict, "There is one already");
    public static readonly ProblemType VersionConflict = new("version-conflict", StatusCodes.Status409Conflict, "It has changed meanwhile");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body's type is not supported");
    public static readonly ProblemType Busy = new("busy", StatusCodes.Status429TooManyRequests, "Too much is waiting");
    public static readonly ProblemType TooManyAttempts = new("too-many-attempts", StatusCodes.Status429TooManyRequests, "No attempt is left for now");
    public static readonly ProblemType TooManyFailures = new("too-many-failures", StatusCodes.Status429TooManyRequests, "Too many wrong keys");
    public static readonly ProblemType HeadersTooLarge = new("headers-too-large", StatusCodes.Status431RequestHeaderFieldsTooLarge, "The headers are too large");
    public static readonly ProblemType InternalError = new("internal-error", StatusCodes.Status500InternalServerError, "Our mistake");
    public static readonly ProblemType Unavailable = new("unavailable", StatusCodes.Status503ServiceUnavailable, "Not available now");

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        InvalidRequest, MalformedBody, Unauthenticated, Forbidden, ForeignOrigin, ForeignHost, NotFound, MethodNotAllowed, RequestTimeout,
        IdempotencyConflict, AlreadyExists, VersionConflict, BodyTooLarge, UnsupportedMediaType, Busy, TooManyAttempts, TooManyFailures, HeadersTooLarge, InternalError, Unavailable,
    ];
}
