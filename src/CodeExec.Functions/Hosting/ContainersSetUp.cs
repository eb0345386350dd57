using CodeExec.Containers.Aci;
using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Containers.Pool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Hosting;

/// <summary>Where programs run: in container groups, unless a setting says that this app may make cells or reaches a Docker engine.</summary>
internal static class ContainersSetUp
{
    public const string Setting = "Containers:Provider";
    public const string Aci = "aci";
    public const string Cells = "cells";
    public const string Docker = "docker";

    /// <exception cref="InvalidOperationException">The setting names no provider of this host.</exception>
    public static string Provider(this IConfiguration settings)
        => settings[Setting] switch
        {
            null or "" => Aci,
            (Aci or Cells or Docker) and var named => named,
            string other => throw new InvalidOperationException($"{Setting} is '{other}'; it can be {Aci}, {Cells} or {Docker}."),
        };

    public static void AddContainers(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptionsWithValidateOnStart<ContainerPoolOptions, ContainerPoolOptionsValidator>().BindConfiguration(ContainerPoolOptions.Section);
        switch (settings.Provider())
        {
            case Aci:
                services.Configure<AciOptions>(settings.GetSection(AciOptions.Section));
                services.AddAci();
                break;
            case Docker:
                services.Configure<DockerOptions>(settings.GetSection(DockerOptions.Section));
                services.AddDocker();
                break;
            default:
                services.Configure<CellsOptions>(settings.GetSection(CellsOptions.Section));
                services.AddCells();
                break;
        }
    }
}
