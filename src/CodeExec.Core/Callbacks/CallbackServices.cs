using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Callbacks;

public static class CallbackServices
{
    /// <summary>Callbacks, over the stores and the engine of the host. It binds <see cref="CallbackOptions"/> to its settings.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CallbackOptions, CallbackOptionsValidator>();
        services.TryAddSingleton<AddressGuard>();
        services.TryAddSingleton<CallbackSender>();
        services.TryAddSingleton<DeliveryStore>();
        services.TryAddSingleton<CallbackStarter>();
        services.TryAddSingleton<SendCallback>();
        services.TryAddSingleton<GiveUpCallback>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, DeliveryRetention>());
        return services;
    }

    public static OrchestrationRegistry AddCallbacks(this OrchestrationRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(CallbackActivities.Orchestration, _ => new CallbackOrchestration())
            .Add(CallbackActivities.Send, services => services.GetRequiredService<SendCallback>())
            .Add(CallbackActivities.GiveUp, services => services.GetRequiredService<GiveUpCallback>());
    }
}
