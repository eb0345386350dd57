using System.Diagnostics;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Containers.Aci;
using CodeExec.Containers.Cells;
using CodeExec.Containers.Docker;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Queues;
using CodeExec.Core.Secrets;
using CodeExec.Functions.Activities;
using CodeExec.Functions.Engine;
using CodeExec.Functions.Intake;
using CodeExec.Functions.Operations;
using CodeExec.Functions.Orchestrations;
using CodeExec.Functions.Reaping;
using CodeExec.Push.SignalRService;
using CodeExec.Reviews.Claude;
using CodeExec.Storage.Azure;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Hosting;

/// <summary>What this host consists of.</summary>
internal static class FunctionsServices
{
    public static async Task AddCodeExecAsync(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptionsWithValidateOnStart<FunctionsHostOptions, FunctionsHostOptionsValidator>().BindConfiguration(FunctionsHostOptions.Section);
        services.AddSingleton<IValidateOptions<FunctionsHostOptions>, SliceFits>();
        services.AddSingleton<HostInstance>();
        services.TryAddSingleton(TimeProvider.System);
        await services.AddLanguagesAsync(settings);
        services.AddAzureStorage();
        services.TryAddSingleton(provider => (AzureWorkQueue)provider.GetRequiredService<IWorkQueue>());
        services.TryAddSingleton<ISecretProtector>(_ => SecretSetUp.Open(settings));
        services.AddContainers(settings);
        services.AddOptions<AciOptions>().PostConfigure<HostInstance>((options, here) => options.HostName = here.Name);
        services.AddOptions<DockerOptions>().PostConfigure<HostInstance>((options, here) => options.HostName = here.Name);
        services.AddOptions<CellsOptions>().PostConfigure<HostInstance>((options, here) => options.HostName = here.Name);
        AddEngine(services);
        services.AddExecutions();
        services.AddReaping();
        services.Configure<RetentionOptions>(settings.GetSection(RetentionOptions.Section));
        services.AddSingleton<SubmissionIntake>();
        services.AddSingleton<BatchMessages>();
        services.AddSingleton<PoisonKeeper>();
        if (settings.GetSection(SignalRServiceOptions.Section).Exists())
        {
            services.AddSignalRService();
            services.PushFeeds();
        }
        services.TryAddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore")); // a web host has added it; the pipeline is not to depend on that
        services.AddClaudeReviews(settings); // before those by rules: the first is who reviews
        services.AddCodeExecApi();
        services.PostConfigure<AuthOptions>(options => options.Open = false); // anybody can reach a Functions app
        services.AddSingleton<ApiEntry>();
        services.AddSingleton<IDependencyCheck, StoreCheck>();
    }

    private static void AddReaping(this IServiceCollection services)
    {
        services.AddSingleton<HostPulses>();
        services.AddSingleton<OrphanSweep>();
        services.AddHostedService<HostLife>();
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<RunHolders>();
        services.AddSingleton<HeldRuns>();
        services.AddSingleton<ActivityRunner>();
        services.AddSingleton<OrchestrationRunner>();
        services.AddSingleton<DurableClientSource>();
        services.TryAddSingleton<IOrchestrationEngine, DurableOrchestrationEngine>();
        services.AddSingleton(SpreadActivities.Registry());
    }
}
