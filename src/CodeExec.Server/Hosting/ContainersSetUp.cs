using CodeExec.Containers.Aci;
using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers;
using CodeExec.Core.Operations;
using CodeExec.Server.Operations;

namespace CodeExec.Server.Hosting;

/// <summary>Which container providers this host has. The first is the one for executions that name none.</summary>
internal static class ContainersSetUp
{
    public const string Setting = "Containers:Provider";
    public const string Cells = "cells";
    public const string Docker = "docker";
    public const string Aci = "aci";

    /// <summary>The provider for executions that name none: cells unless set.</summary>
    public static string DefaultProvider(this IConfiguration settings)
        => settings[Setting] switch
        {
            null or "" => Cells,
            (Cells or Docker or Aci) and var named => named,
            string other => throw new StartUpException($"{Setting} is '{other}'; it can be {Cells}, {Docker} or {Aci}."),
        };

    public static void AddContainers(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        switch (builder.Configuration.DefaultProvider())
        {
            case Aci:
                services.AddAci(); // its languages are those of images: cells would have others
                return;
            case Docker:
                services.AddDocker();
                services.AddCells();
                return;
            default:
                break;
        }

        services.AddCells();
        if (DockerServices.SeemsPresent(builder.Configuration[$"{DockerOptions.Section}:{nameof(DockerOptions.Address)}"]))
        {
            services.AddDocker(); // for executions that ask for it
            services.AddSingleton<IDependencyCheck>(provider => new ContainersCheck(provider.GetRequiredService<ContainerProviders>().Find("docker")!, isNeeded: false));
        }
    }
}
