using CodeExec.Api.Hosting;
using CodeExec.Push.SignalRService;

namespace CodeExec.Server.Hosting;

/// <summary>Live viewers are connected to this server, unless a service for them is set.</summary>
internal static class PushSetUp
{
    /// <summary>After the stores: it wraps the store of feeds.</summary>
    public static void AddPush(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(SignalRServiceOptions.Section).Exists())
        {
            builder.Services.AddSignalRService();
            builder.Services.PushFeeds();
        }
    }
}
