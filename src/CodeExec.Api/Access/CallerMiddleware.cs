using System.Security.Claims;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>Finds out who calls, and whether they may.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, CredentialChecker credentials, FailedAttempts failures, IOptions<AuthOptions> options, ILogger<CallerMiddleware> logger)
{
    private readonly bool _open = options.Value.Open;

    public Task InvokeAsync(HttpContext context)
        => context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is { } required ? CheckAsync(context, required) : next(context);

    private async Task CheckAsync(HttpContext context, RequiredRole required)
    {
        (string? credential, string? mistake) = _open ? (null, null) : RequestCredential.Read(context.Request, required.TakesQueryToken);
        if (mistake is not null)
        {
            await context.RefuseAsync(new(ProblemTypes.Unauthenticated, mistake));
            return;
        }

        Caller? caller = _open ? Caller.Open : await credentials.CheckAsync(credential!, context.RequestAborted);
        if (caller is null)
        {
            await RefuseAsync(context);
            return;
        }

        if (caller.Role < required.Role && !(caller.Role == Role.Student && context.GetEndpoint()?.Metadata.GetMetadata<StudentsMay>() is not null))
        {
            await context.RefuseAsync(new(ProblemTypes.Forbidden, $"This needs the role {RoleNames.Of(required.Role)}; the key has {RoleNames.Of(caller.Role)}."));
            return;
        }

        context.Features.Set(caller);
        if (required.TakesQueryToken)
        {
            // SignalR compares the user of a connection's requests by its claims.
            context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, $"{caller.Tenant}/{caller.KeyId ?? caller.Name}")], "codeexec"));
        }

        await next(context);
    }

    private Task RefuseAsync(HttpContext context)
    {
        string source = FailedAttempts.SourceOf(context.Connection.RemoteIpAddress);
        if (failures.Note(source, out bool isFirstRefusal) is not { } wait)
        {
            return context.RefuseAsync(new(ProblemTypes.Unauthenticated, "The key or token is not valid: mistyped, revoked, expired, or of another server."));
        }

        if (isFirstRefusal)
        {
            logger.SourceHeldBack(source);
        }

        return context.RefuseAsync(new(ProblemTypes.TooManyFailures, "Too many wrong credentials came from this address. A valid one still works; others may be tried after the time in Retry-After.") { RetryAfter = wait });
    }
}
