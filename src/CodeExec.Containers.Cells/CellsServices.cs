using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Containers.Cells.Preparation;
using CodeExec.Containers.Cells.Templates;
using CodeExec.Core.Containers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Containers.Cells;

public static class CellsServices
{
    /// <summary>Adds cells as a container provider. The host registers the languages and binds <see cref="CellsOptions"/>.</summary>
    public static IServiceCollection AddCells(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CellsOptions, CellsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IToolchainPaths, CatalogToolchains>();
        services.TryAddSingleton<CellLauncher>();
        services.TryAddSingleton<CgroupShelf>();
        services.TryAddSingleton<CellRemover>();
        services.TryAddSingleton<CellReaper>();
        services.TryAddSingleton<TemplateShelf>();
        services.TryAddSingleton<PreparedToolchains>();
        services.TryAddSingleton<ToolchainPreparer>();
        services.TryAddSingleton<CellMaker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContainerProvider, CellProvider>());
        return services;
    }
}
