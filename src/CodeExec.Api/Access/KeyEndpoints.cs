using System.Globalization;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Access;

/// <summary>Making, listing and revoking keys, by admins. An admin of a tenant sees and makes the keys of that tenant only.</summary>
internal sealed class KeyEndpoints(IApiKeyStore store, StoredKeys stored, JsonBodyReader bodies, TimeProvider clock, ILogger<KeyEndpoints> logger)
{
    private const int LongestName = 100;

    private static readonly HashSet<string> Members = ["name", "role", "tenant", "expiresAt"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/keys", MakeAsync).For(Role.Admin);
        routes.MapGet("/api/keys", ListAsync).For(Role.Admin);
        routes.MapDelete("/api/keys/{id}", RevokeAsync).For(Role.Admin);
    }

    private async Task MakeAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        Caller caller = context.GetCaller();
        (string id, string text) = ApiKeyText.Create();
        ApiKey key = Read(body, caller, id, text);
        await store.AddAsync(key, context.RequestAborted);
        logger.KeyMade(key.Id, key.Tenant.Value, RoleNames.Of(key.Role));
        await context.WriteAsync(StatusCodes.Status201Created, View(key) with { Key = text }, ApiJson.Default.KeyView);
    }

    private async Task ListAsync(HttpContext context)
    {
        Caller caller = context.GetCaller();
        IReadOnlyList<ApiKey> keys = await store.ListAsync(context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. keys.Where(key => MaySee(caller, key)).Select(View)]), ApiJson.Default.KeyListView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        string id = context.GetRouteValue("id") as string ?? "";
        if (await store.FindAsync(id, context.RequestAborted) is not { } key || !MaySee(context.GetCaller(), key) || !await stored.RevokeAsync(id, context.RequestAborted))
        {
            await context.RefuseAsync(new(ProblemTypes.NotFound, "There is no key of this id. GET /api/keys lists them. Keys of the settings are revoked there."));
            return;
        }

        logger.KeyRevoked(id);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private ApiKey Read(JsonBody body, Caller caller, string id, string text)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        string name = fields.Text("name")?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            errors.Add("name", $"Must be 1 to {LongestName} characters: what the key is for.");
        }

        if (!RoleNames.TryParse(fields.Text("role") ?? "submitter", out Role role))
        {
            errors.Add("role", $"Must be {RoleNames.All}.");
        }

        string tenant = fields.Text("tenant") ?? caller.Tenant.Value;
        if (!TenantNames.IsValid(tenant))
        {
            errors.Add("tenant", TenantNames.Rule);
        }
        else if (tenant != caller.Tenant.Value && caller.Tenant != TenantId.Default)
        {
            errors.Add("tenant", "Only an admin of the default tenant makes keys for others.");
        }

        DateTimeOffset? expiresAt = Expiry(fields.Text("expiresAt"), errors);
        errors.ThrowIfAny();
        return new(id, name, ApiKeyText.Hash(text), new TenantId(tenant), role, clock.GetUtcNow(), expiresAt, null);
    }

    private DateTimeOffset? Expiry(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            && time > clock.GetUtcNow())
        {
            return time;
        }

        errors.Add("expiresAt", "Must be an ISO 8601 time that has not passed.");
        return null;
    }

    private static bool MaySee(Caller caller, ApiKey key) => caller.Tenant == TenantId.Default || caller.Tenant == key.Tenant;

    private static KeyView View(ApiKey key)
        => new(key.Id, key.Name, key.Tenant.Value, RoleNames.Of(key.Role), key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}
