using CodeExec.Api.Live.Pushed;
using CodeExec.Core.Batches;
using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Hosting;

public static class PushedFeeds
{
    /// <summary>
    /// What this process writes to feeds is pushed over the <see cref="ILiveChannel"/> that the host has added. Call it after the stores are added, and
    /// once: it wraps the store of feeds.
    /// </summary>
    public static IServiceCollection PushFeeds(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        ServiceDescriptor known = services.Last(service => service.ServiceType == typeof(ILogStore));
        Func<IServiceProvider, object> create = known.ImplementationFactory
            ?? throw new InvalidOperationException("Add the store of feeds by a factory before PushFeeds.");
        services.Remove(known);
        services.AddKeyedSingleton<ILogStore>(nameof(PushedFeeds), (provider, _) => (ILogStore)create(provider)); // the container closes it
        services.AddSingleton<ILogStore>(provider => new PushedLogStore(
            provider.GetRequiredKeyedService<ILogStore>(nameof(PushedFeeds)),
            provider.GetRequiredService<FeedPusher>));
        services.AddSingleton<IBatchWatcher, BatchPusher>();
        return services;
    }
}
