using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers.Pool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Hosting;

/// <summary>Where programs run: in cells where this app may make them, or in Docker.</summary>
internal static class ContainersSetUp
{
    public const string Setting = "Containers:Provider";

    /// <exception cref="InvalidOperationException">It names no provider of this host.</exception>
    public static bool IsDocker(this IConfiguration settings)
        => settings[Setting] switch
        {
            null or "" or "cells" => false,
            "docker" => true,
            string other => throw new InvalidOperationException($"{Setting} is '{other}'; it can be cells or docker."),
        };

    public static void AddContainers(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptionsWithValidateOnStart<ContainerPoolOptions, ContainerPoolOptionsValidator>().BindConfiguration(ContainerPoolOptions.Section);
        if (settings.IsDocker())
        {
            services.Configure<DockerOptions>(settings.GetSection(DockerOptions.Section));
            services.AddDocker();
            return;
        }
        services.Configure<CellsOptions>(settings.GetSection(CellsOptions.Section));
        services.AddCells();
    }
}
