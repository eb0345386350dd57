using CodeExec.Core.Access;
using Microsoft.AspNetCore.Builder;

namespace CodeExec.Api.Access;

/// <summary>Endpoint metadata: the least role that may call. What has none is public.</summary>
internal sealed record RequiredRole(Role Role)
{
    /// <summary>Browsers can send no header with a WebSocket: the hub takes the credential as access_token in the query.</summary>
    public bool TakesQueryToken { get; init; }
}

/// <summary>Endpoint metadata: students may call it too, and do or see there what is their own.</summary>
internal sealed record StudentsMay;

internal static class RequiredRoles
{
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role role)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(new RequiredRole(role));

    public static TBuilder OrStudents<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(new StudentsMay());
}
