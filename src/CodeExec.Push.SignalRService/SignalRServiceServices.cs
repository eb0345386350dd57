using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Push.SignalRService;

public static class SignalRServiceServices
{
    /// <summary>Live viewers connect to Azure SignalR Service instead of to this host. Settings: <c>Push:SignalR</c>.</summary>
    public static IServiceCollection AddSignalRService(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<SignalRServiceOptions, SignalRServiceOptionsValidator>().BindConfiguration(SignalRServiceOptions.Section);
        services.TryAddSingleton<ILiveChannel, SignalRServiceChannel>();
        return services;
    }
}
