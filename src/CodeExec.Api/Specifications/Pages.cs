using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>What the endpoints of specifications have in common: pages, newest first, behind the id that a cursor is.</summary>
internal static class Pages
{
    private const int LargestPage = 200, DefaultPage = 50;

    public static (int Limit, string? Before) Of(HttpContext context, int largest = LargestPage)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        int limit = (int)query.Integer("limit", 1, largest, Math.Min(DefaultPage, largest));
        string? cursor = query.Text("cursor");
        if (cursor is not null && !Guid.TryParseExact(cursor, "n", out _))
        {
            errors.Add("cursor", "Not a cursor that this server gave out. Leave it away to start from the newest.");
        }

        errors.ThrowIfAny();
        return (limit, cursor);
    }

    /// <param name="found">One more than a page, if there are so many.</param>
    public static (IEnumerable<T> Items, string? Cursor) Cut<T>(IReadOnlyList<T> found, int limit, Func<T, string> id)
        => (found.Take(limit), found.Count > limit ? id(found[limit - 1]) : null);

    /// <summary>A text of the query.</summary>
    public static string? Text(HttpContext context, string name)
    {
        FieldErrors errors = new();
        string? text = new QueryReader(context.Request, errors).Text(name);
        errors.ThrowIfAny();
        return text;
    }

    public static string Value(HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";

    public static bool IsAuthor(HttpContext context) => context.GetCaller().Role == Role.Admin;

    public static RequestRefusedException NotFound(string what) => new(new(ProblemTypes.NotFound, $"There is no such {what}. It may have been deleted, or the id is mistyped."));
}
