using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CodeExec.Api.Access;

/// <summary>Finds the one credential of a request.</summary>
internal static class RequestCredential
{
    private const string Bearer = "Bearer ", QueryToken = "access_token";

    private static readonly HashSet<string> NamesOfSecrets = new(StringComparer.OrdinalIgnoreCase)
    {
        QueryToken, "api_key", "apikey", "api-key", "x-api-key", "key", "token", "auth", "authorization", "bearer",
    };

    /// <param name="takesQueryToken">See <see cref="RequiredRole.TakesQueryToken"/>.</param>
    public static (string? Credential, string? Mistake) Read(HttpRequest request, bool takesQueryToken)
    {
        string? inQuery = takesQueryToken ? TakeFromQuery(request) : null;
        if (request.QueryString.HasValue && request.Query.Keys.Any(NamesOfSecrets.Contains))
        {
            return (null, "Credentials do not belong in an address, where logs and histories keep them: treat this one as known to others, and send a new one as 'Authorization: Bearer KEY'.");
        }

        string? apiKey = Header(request, "X-Api-Key"), authToken = Header(request, "X-Auth-Token"), rapidKey = Header(request, "X-RapidAPI-Key"); // Judge0's clients send the latter two
        string authorization = request.Headers.Authorization.ToString();
        string? bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        if (authorization.Length > 0 && bearer is null)
        {
            return (null, "Send the key as 'Authorization: Bearer KEY' or as 'X-Api-Key: KEY'; other schemes are not taken.");
        }

        string[] given = [.. new[] { bearer, apiKey, authToken, rapidKey, inQuery }.OfType<string>().Distinct(StringComparer.Ordinal)];
        return given switch
        {
            [] => (null, "Send a key as 'Authorization: Bearer KEY' or as 'X-Api-Key: KEY'. An admin makes keys with POST /api/keys."),
            [var one] => (one, null),
            _ => (null, "Send one credential: the ones in this request differ."),
        };
    }

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out StringValues values) ? values.ToString().Trim() : null;

    /// <summary>Takes the token out of the query, so that nothing behind us can log it.</summary>
    private static string? TakeFromQuery(HttpRequest request)
    {
        if (!request.Query.TryGetValue(QueryToken, out var values) || values.Count != 1)
        {
            return null;
        }

        request.QueryString = QueryString.Create(request.Query.Where(pair => !pair.Key.Equals(QueryToken, StringComparison.OrdinalIgnoreCase)));
        return values[0];
    }
}
