using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers;
using CodeExec.Core.Operations;
using CodeExec.Server.Operations;

namespace CodeExec.Server.Hosting;

/// <summary>Which container providers this host has. The first is the one for executions that name none.</summary>
internal static class ContainersSetUp
{
    /// <summary>"cells" (unless set) or "docker".</summary>
    public const string Setting = "Containers:Provider";

    public static bool DockerIsDefault(this IConfiguration settings)
        => settings[Setting] switch
        {
            null or "" or "cells" => false,
            "docker" => true,
            string other => throw new StartUpException($"{Setting} is '{other}'; it can be cells or docker."),
        };

    public static void AddContainers(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        if (builder.Configuration.DockerIsDefault())
        {
            services.AddDocker();
            services.AddCells();
            return;
        }

        services.AddCells();
        if (DockerServices.SeemsPresent(builder.Configuration[$"{DockerOptions.Section}:{nameof(DockerOptions.Address)}"]))
        {
            services.AddDocker(); // for executions that ask for it
            services.AddSingleton<IDependencyCheck>(provider => new ContainersCheck(provider.GetRequiredService<ContainerProviders>().Find("docker")!, isNeeded: false));
        }
    }
}
