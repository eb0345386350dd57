using CodeExec.Api.Hosting;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Schedules;
using CodeExec.Core.Specifications;
using CodeExec.Engine.Embedded;
using CodeExec.Reviews.Claude;
using CodeExec.Server.Hosting;
using CodeExec.Server.Intake;
using CodeExec.Server.Languages;
using CodeExec.Server.Operations;
using Microsoft.Extensions.Options;

// A validation waits for its tests most of its life: many may be at it at once.
const int MostValidations = 256;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    string data = Path.GetFullPath(builder.Configuration["Data:Path"] ?? "data");
    builder.AddSettings(data);
    await builder.AddLanguagesAsync(data);

    IServiceCollection services = builder.Services;
    builder.AddStorage();
    builder.AddPush();
    services.AddExecutions();
    builder.AddContainers();
    services.AddHostedService<LeftoversService>(); // before the engine: what an earlier life left goes first
    services.AddSingleton(provider =>
    {
        int running = provider.GetRequiredService<IOptions<ContainerPoolOptions>>().Value.MaxRunning;
        int queued = provider.GetRequiredService<IOptions<ServerOptions>>().Value.MaxQueued;
        return new OrchestrationRegistry().AddExecutions(running * 2, queued).AddSpecifications(MostValidations, queued).AddProblemChecks(MostValidations, queued).AddBatches().AddSchedules().AddCallbacks();
    });
    services.AddEmbeddedEngine();
    services.AddHostedService<RecoveryService>();
    builder.AddIntakeFolder(data);
    services.AddHostedService<BatchQueueService>();
    services.AddHostedService<PoolService>();
    services.AddClaudeReviews(builder.Configuration); // before those by rules: the first is who reviews
    services.AddCodeExecApi();
    services.AddOperations();

    WebApplication app = builder.Build();
    app.Services.GetRequiredService<IStartupValidator>().Validate(); // all wrong settings at once, before the first is used
    app.MapCodeExecApi();
    await app.StartAsync();
    await app.ReportAsync();
    await app.WaitForShutdownAsync();
    await app.DisposeAsync();
    return 0;
}
catch (Exception e) when (StartUpProblems.Explain(e) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
