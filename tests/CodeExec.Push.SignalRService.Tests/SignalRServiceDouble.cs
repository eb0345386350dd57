using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeExec.Push.SignalRService.Tests;

/// <summary>The service's REST side: refuses what is not signed for exactly the address it was sent to, and keeps groups.</summary>
internal sealed class SignalRServiceDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _groups = new(StringComparer.Ordinal);

    private SignalRServiceDouble(WebApplication app) => _app = app;

    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public string ConnectionString => $"Endpoint={Address.GetLeftPart(UriPartial.Authority)};AccessKey={Key};Version=1.0;";

    /// <summary>What each connection was sent: event and first argument.</summary>
    public ConcurrentQueue<(string Connection, string Event, JsonElement Payload)> Delivered { get; } = [];

    public int Refused { get; private set; }

    /// <summary>When set, all calls are answered with it.</summary>
    public int? Failing { get; set; }

    public static async Task<SignalRServiceDouble> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        SignalRServiceDouble service = new(app);
        app.Use(service.CheckAsync);
        app.MapPut("/api/v1/hubs/executions/groups/{group}/connections/{connection}", (string group, string connection) =>
        {
            service._groups.GetOrAdd(group, _ => new()).TryAdd(connection, true);
            return Results.Ok();
        });
        app.MapDelete("/api/v1/hubs/executions/groups/{group}/connections/{connection}", (string group, string connection)
            => service._groups.TryGetValue(group, out ConcurrentDictionary<string, bool>? members) && members.TryRemove(connection, out _) ? Results.Ok() : Results.NotFound());
        app.MapPost("/api/v1/hubs/executions/groups/{group}", async (string group, HttpContext context)
            => await service.DeliverAsync(service._groups.TryGetValue(group, out ConcurrentDictionary<string, bool>? members) ? members.Keys : [], context));
        app.MapPost("/api/v1/hubs/executions/connections/{connection}", async (string connection, HttpContext context)
            => await service.DeliverAsync([connection], context));
        await app.StartAsync();
        return service;
    }

    /// <summary>The claims of a token, if the key has signed it.</summary>
    public JsonElement Verify(string token)
    {
        string[] parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(signature), parts[2]);
        return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (Failing is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }
        string authorization = context.Request.Headers.Authorization.ToString();
        try
        {
            JsonElement claims = Verify(authorization["Bearer ".Length..]);
            Assert.Equal(claims.GetProperty("aud").GetString(), Address.GetLeftPart(UriPartial.Authority) + context.Features.Get<IHttpRequestFeature>()!.RawTarget);
            Assert.True(claims.GetProperty("exp").GetInt64() > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        }
        catch (Exception e) when (e is Xunit.Sdk.XunitException or ArgumentOutOfRangeException or FormatException)
        {
            Refused++;
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await next(context);
    }

    private async Task<IResult> DeliverAsync(IEnumerable<string> connections, HttpContext context)
    {
        JsonElement message = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        foreach (string connection in connections)
        {
            Delivered.Enqueue((connection, message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]));
        }
        return Results.Accepted();
    }
}
