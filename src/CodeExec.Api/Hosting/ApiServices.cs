using CodeExec.Api.Access;
using CodeExec.Api.Artifacts;
using CodeExec.Api.Codebae;
using CodeExec.Api.Displays;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Api.Judge0;
using CodeExec.Api.Languages;
using CodeExec.Api.Live;
using CodeExec.Api.Live.Pushed;
using CodeExec.Api.Logs;
using CodeExec.Api.Piston;
using CodeExec.Api.Requests;
using CodeExec.Api.Reviews;
using CodeExec.Api.Schedules;
using CodeExec.Api.Specifications;
using CodeExec.Api.Status;
using CodeExec.Api.Suggestions;
using CodeExec.Core.Attempts;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Operations;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Progress;
using CodeExec.Core.Reviews;
using CodeExec.Core.Schedules;
using CodeExec.Core.Specifications;
using CodeExec.Core.Suggestions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Hosting;

public static class ApiServices
{
    private const int LargestHubMessage = 4096; // a client sends nothing but ids and sequences

    /// <summary>
    /// The HTTP surface. The host adds what it stands on: <see cref="Core.Executions.IExecutionService"/>, the stores, the engine, the
    /// installed languages; and, as it likes, <see cref="Core.Operations.IDependencyCheck"/>, <see cref="Core.Operations.IMetricsSource"/> and
    /// <see cref="Core.Operations.IOutageRule"/>. Settings: sections "Api", "Auth" and "Submissions".
    /// </summary>
    public static IServiceCollection AddCodeExecApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<ApiOptions, ApiOptionsValidator>().BindConfiguration(ApiOptions.Section);
        services.AddOptionsWithValidateOnStart<AuthOptions, AuthOptionsValidator>().BindConfiguration(AuthOptions.Section);
        services.AddSubmissionValidation();
        services.AddOptions<SubmissionCeilings>().BindConfiguration(SubmissionCeilings.Section);
        services.AddOptions<DisplayOptions>().BindConfiguration(DisplayOptions.Section);
        services.AddOptionsWithValidateOnStart<GradingOptions, GradingOptionsValidator>().BindConfiguration(GradingOptions.Section);
        services.TryAddSingleton<ExecutionSignals>();
        services.TryAddSingleton<ExecutionFeed>();

        // The framework's lines for each request cost time, and those that come before us hold the hub's access_token.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", Microsoft.Extensions.Logging.LogLevel.Warning));
        services.AddRouting();
        services.AddCors();
        AddAccess(services);
        AddEndpoints(services);
        AddHub(services);
        return services;
    }

    /// <summary>The forms in which batches, and what schedules start, are sent, for hosts that take them from elsewhere.</summary>
    public static IServiceCollection AddBatchForms(this IServiceCollection services)
    {
        services.TryAddSingleton<BatchArchive>();
        services.TryAddSingleton<IBatchForms, BatchForms>();
        services.TryAddSingleton<IWorkForms, WorkForms>();
        return services;
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddHttpClient(JwtKeys.HttpClientName);
        services.AddSingleton<JwtKeys>();
        services.AddSingleton<JwtValidator>();
        services.AddSingleton<StoredKeys>();
        services.AddSingleton<CredentialChecker>();
        services.AddSingleton<FailedAttempts>();
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddSingleton<JsonBodyReader>();
        services.AddProblems();
        services.AddOptions<CheckOptions>().BindConfiguration(CheckOptions.Section);
        services.TryAddSingleton<TestSuites>();
        services.TryAddSingleton<TestResults>();
        services.AddBatches();
        services.AddCallbacks();
        services.AddOptions<CallbackOptions>().BindConfiguration(CallbackOptions.Section);
        services.AddSingleton<DeliveryEndpoints>();
        services.AddSingleton<OverrideReader>();
        services.AddSingleton<OverrideEndpoints>();
        services.AddAttempts();
        services.AddSingleton<AttemptEndpoints>();
        services.AddOptions<BatchOptions>().BindConfiguration(BatchOptions.Section);
        services.AddSchedules();
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section);
        services.AddSingleton<ScheduleEndpoints>();
        services.AddSingleton<ArchiveBody>();
        services.AddBatchForms();
        services.AddSingleton<BatchCreation>();
        services.AddSingleton<BatchEndpoints>();
        services.AddSingleton<PoisonEndpoints>();
        services.AddSingleton<BatchResultEndpoints>();
        services.AddSingleton<ProblemEndpoints>();
        services.AddSingleton<ProblemImportEndpoint>();
        services.AddSingleton<CheckWait>();
        services.AddSingleton<CheckEndpoints>();
        services.AddSingleton<ExecutionViews>();
        services.AddSingleton<PatientWait>();
        services.AddSingleton<DropInExecutions>();
        services.AddSingleton<ExecutionEndpoints>();
        services.AddSingleton<ExecutionListEndpoints>();
        services.AddSingleton<DirectLinks>();
        services.AddSingleton<ArtifactEndpoints>();
        services.AddSingleton<DisplayEndpoints>();
        services.AddSingleton<DisplayViews>();
        services.AddSingleton<OutputEndpoints>();
        services.AddSingleton<LogEndpoints>();
        services.AddSingleton<LanguageEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSpecifications();
        services.AddReviews();
        services.AddSingleton<ReviewEndpoints>();
        services.AddTestSuggestions();
        services.AddSingleton<SuggestionRequests>();
        services.AddSingleton<SuggestionEndpoints>();
        services.AddSingleton<ValidationRequests>();
        services.AddSingleton<SpecificationEndpoints>();
        services.AddSingleton<SpecificationMetricsEndpoints>();
        services.AddSingleton<SpecificationRunEndpoints>();
        services.AddSingleton<TaskEndpoints>();
        services.AddSingleton<ChallengeEndpoints>();
        services.AddSingleton<CodebaeEndpoints>();
        services.AddSingleton<PistonRequestReader>();
        services.AddSingleton<PistonAnswers>();
        services.AddSingleton<PistonEndpoints>();
        services.AddSingleton<OutputInOrder>();
        services.AddSingleton<Judge0Languages>();
        services.AddSingleton<Judge0RequestReader>();
        services.AddSingleton<Judge0Answers>();
        services.AddSingleton<Judge0Listing>();
        services.AddSingleton<Judge0Statistics>();
        services.AddSingleton<Judge0Configuration>();
        services.AddSingleton<Judge0Endpoints>();
        services.AddSingleton<Judge0InfoEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallbackForm, Judge0CallbackForm>());
        services.AddSingleton<HealthReport>();
        services.AddSingleton<ServerLife>();
        services.AddSingleton<QueueLengths>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<StatusEndpoints>();
        services.TryAddSingleton<ExecutionDurations>();
        services.AddSingleton<IMetricsSource>(provider => provider.GetRequiredService<ExecutionDurations>());
    }

    private static void AddHub(IServiceCollection services)
    {
        services.AddSingleton<LiveEventFactory>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<LiveEndpoints>();
        services.AddSingleton<HubViewers>();
        services.AddSingleton<BatchNews>();
        services.AddSingleton<BatchStream>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<ISubscriptions>(provider => provider.GetService<ILiveChannel>() is { } channel
            ? ActivatorUtilities.CreateInstance<PushSubscriptions>(provider, channel)
            : ActivatorUtilities.CreateInstance<HubSubscriptions>(provider));
        services.AddSingleton<FeedPusher>();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = LargestHubMessage;
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.EnableDetailedErrors = false;
        });
        services.Configure<JsonHubProtocolOptions>(json =>
        {
            json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            ApiJson.Configure(json.PayloadSerializerOptions);
        });

        // The last protocol of a name counts.
        services.AddSingleton<IHubProtocol>(provider => new OptionalArguments(new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>())));
    }
}
