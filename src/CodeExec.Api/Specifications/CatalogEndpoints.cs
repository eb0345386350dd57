using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Specifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>What a catalog has, to be written by admins and read by all who may have their work checked by it.</summary>
/// <param name="name">In the plural, as it stands in addresses.</param>
/// <param name="what">One of them, in a sentence.</param>
internal abstract class CatalogEndpoints<TSubmitted, T>(VersionedCatalog<TSubmitted, T> catalog, JsonBodyReader bodies, string name, string what)
    where T : class, IVersioned
{
    private readonly string _path = $"/api/{name}";

    protected JsonBodyReader Bodies { get; } = bodies;

    public virtual void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(_path, CreateAsync).For(Role.Admin);
        routes.MapGet(_path, ListAsync).For(Role.Reader);
        routes.MapGet(_path + "/{id}", async context => await ShowAsync(context, StatusCodes.Status200OK, await FindAsync(context))).For(Role.Reader);
        routes.MapPut(_path + "/{id}", PutAsync).For(Role.Admin);
        routes.MapDelete(_path + "/{id}", DeleteAsync).For(Role.Admin);
    }

    /// <returns>With the version that the client has seen, if it says so.</returns>
    protected abstract (TSubmitted Submitted, long? Version) Read(JsonElement body);

    /// <summary>Answers with one, whole as far as the caller may see it.</summary>
    protected abstract Task ShowAsync(HttpContext context, int status, T one);

    protected abstract Task ShowAsync(HttpContext context, IEnumerable<T> page, string? cursor);

    protected async Task<T> FindAsync(HttpContext context)
        => await catalog.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound(what);

    protected Task AnswerAsync(HttpContext context, SaveOutcome<T> outcome)
    {
        T saved = outcome.ValueOrRefuse(what);
        context.Response.Headers.Location = $"{_path}/{saved.Id}";
        return ShowAsync(context, outcome.StatusCode(), saved);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using JsonBody body = await Bodies.ReadAsync(context);
        (TSubmitted submitted, _) = Read(body.Root);
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, name);
        await AnswerAsync(context, await catalog.CreateAsync(context.GetCaller().Tenant, submitted, key, CancellationToken.None));
    }

    private async Task PutAsync(HttpContext context)
    {
        using JsonBody body = await Bodies.ReadAsync(context);
        (TSubmitted submitted, long? version) = Read(body.Root);
        await AnswerAsync(context, await catalog.UpdateAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), submitted, version, CancellationToken.None));
    }

    private async Task ListAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        IReadOnlyList<T> found = await catalog.ListAsync(context.GetCaller().Tenant, limit + 1, before, context.RequestAborted);
        (IEnumerable<T> items, string? cursor) = Pages.Cut(found, limit, one => one.Id);
        await ShowAsync(context, items, cursor);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (!await catalog.DeleteAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), CancellationToken.None))
        {
            throw Pages.NotFound(what);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
