using Azure.Core;
using Azure.Identity;
using Azure.ResourceManager;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using CodeExec.Core.Executions.Submitting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

public static class AciServices
{
    /// <summary>Adds container groups as a container provider. The host registers the languages and binds <see cref="AciOptions"/>.</summary>
    public static IServiceCollection AddAci(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AciOptions, AciOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IImageLanguages, CatalogImages>();
        services.TryAddSingleton(Connect);
        services.TryAddSingleton<ArmGroups>();
        services.TryAddSingleton<CreationLedger>();
        services.TryAddSingleton<RegionChoice>();
        services.TryAddSingleton<GroupRecipe>();
        services.TryAddSingleton<GroupRemover>();
        services.TryAddSingleton<RestingGroups>();
        services.TryAddSingleton<GroupMaker>();
        services.TryAddSingleton<GroupStart>();
        services.TryAddSingleton<GroupEnd>();
        services.TryAddSingleton<GroupJobs>();
        services.TryAddSingleton<GroupDeployment>();
        services.TryAddSingleton<GroupSize>();
        services.TryAddSingleton<JobGiver>();
        services.TryAddSingleton<SentEvents>();
        services.TryAddSingleton<AciHealth>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContainerProvider, AciProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SubmissionCeilings>, CeilingsFitGroups>());
        services.AddHostedService<ExpirySweep>();
        return services;
    }

    /// <summary>How this host wants a client to behave, whoever makes it.</summary>
    internal static ArmClientOptions ClientOptions(Uri endpoint) => new()
    {
        Environment = new ArmEnvironment(endpoint, endpoint.GetLeftPart(UriPartial.Authority) + "/"),
        RetryPolicy = new ThrottledAtOnce(),
    };

    private static ArmClient Connect(IServiceProvider services)
    {
        AciOptions options = services.GetRequiredService<IOptions<AciOptions>>().Value;
        TokenCredential identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.IdentityClientId });
        return new ArmClient(identity, options.SubscriptionId, ClientOptions(options.Endpoint));
    }
}
