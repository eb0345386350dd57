using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Docker;

public static class DockerServices
{
    /// <summary>Adds Docker as a container provider. The host registers the languages and binds <see cref="DockerOptions"/>.</summary>
    public static IServiceCollection AddDocker(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DockerOptions, DockerOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            DockerOptions options = provider.GetRequiredService<IOptions<DockerOptions>>().Value;
            return new DockerTransport(DockerAddress.Find(options.Address), options.CallTimeout, provider.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton<IImageLanguages, CatalogImages>();
        services.TryAddSingleton<DockerClient>();
        services.TryAddSingleton<ContainerRecipe>();
        services.TryAddSingleton<ImageCheck>();
        services.TryAddSingleton<ContainerRemover>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContainerProvider, DockerProvider>());
        return services;
    }

    /// <summary>Whether an engine seems to be here: somebody named one, or its usual socket exists.</summary>
    public static bool SeemsPresent(string? address)
        => !string.IsNullOrWhiteSpace(address) || !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("DOCKER_HOST")) || File.Exists(DockerAddress.Parse(DockerAddress.Usual).SocketPath);
}
