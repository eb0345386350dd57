using System.Text.Json;
using CodeExec.Api.Hosting;

namespace CodeExec.Api.Live.Pushed;

/// <summary>An event as the hub would write it.</summary>
internal static class LivePayload
{
    public static JsonElement Of(ILiveEvent live) => JsonSerializer.SerializeToElement(live, live.GetType(), ApiJson.Default);
}
