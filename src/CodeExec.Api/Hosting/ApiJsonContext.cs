using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Api.Access;
using CodeExec.Api.Artifacts;
using CodeExec.Api.Codebae;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Api.Judge0;
using CodeExec.Api.Languages;
using CodeExec.Api.Live;
using CodeExec.Api.Live.Pushed;
using CodeExec.Api.Logs;
using CodeExec.Api.Piston;
using CodeExec.Api.Problems;
using CodeExec.Api.Reviews;
using CodeExec.Api.Schedules;
using CodeExec.Api.Specifications;
using CodeExec.Api.Status;
using CodeExec.Api.Suggestions;
using CodeExec.Core.Attempts;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Progress;
using CodeExec.Core.Reviews;
using CodeExec.Core.Schedules;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Metrics;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Api.Hosting;

/// <summary>Everything that leaves as JSON, by generated code. Requests are read by <see cref="Requests.JsonFields"/>.</summary>
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(CodebaeProblemView))]
[JsonSerializable(typeof(PistonProblemView))]
[JsonSerializable(typeof(ExecutionView))]
[JsonSerializable(typeof(ExecutionListView))]
[JsonSerializable(typeof(GradedProblemView))]
[JsonSerializable(typeof(ProblemListView))]
[JsonSerializable(typeof(CheckView))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(BatchProgressEvent))]
[JsonSerializable(typeof(BatchResultEvent))]
[JsonSerializable(typeof(BatchListView))]
[JsonSerializable(typeof(BatchItemListView))]
[JsonSerializable(typeof(RegradeDiffView))]
[JsonSerializable(typeof(StudentAttemptsView))]
[JsonSerializable(typeof(AttemptListView))]
[JsonSerializable(typeof(DeliveryListView))]
[JsonSerializable(typeof(PoisonListView))]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(ScheduleListView))]
[JsonSerializable(typeof(ScheduleRunListView))]
[JsonSerializable(typeof(MetricsView))]
[JsonSerializable(typeof(LogPageView))]
[JsonSerializable(typeof(LogStatsView))]
[JsonSerializable(typeof(StatusEvent))]
[JsonSerializable(typeof(LogEvent))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(ResultEvent))]
[JsonSerializable(typeof(ErrorEvent))]
[JsonSerializable(typeof(NodeEvent))]
[JsonSerializable(typeof(DisplayEvent))]
[JsonSerializable(typeof(NegotiateView))]
[JsonSerializable(typeof(ArtifactLinkView))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyListView))]
[JsonSerializable(typeof(IReadOnlyList<LanguageView>))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(StatsView))]
[JsonSerializable(typeof(SpecificationView))]
[JsonSerializable(typeof(SpecificationListView))]
[JsonSerializable(typeof(TaskView))]
[JsonSerializable(typeof(ValidationView))]
[JsonSerializable(typeof(ValidationListView))]
[JsonSerializable(typeof(ImplementationListView))]
[JsonSerializable(typeof(TaskVerificationView))]
[JsonSerializable(typeof(TaskTestsView))]
[JsonSerializable(typeof(TaskStatusView))]
[JsonSerializable(typeof(ChallengeView))]
[JsonSerializable(typeof(ChallengeListView))]
[JsonSerializable(typeof(ChallengeSubmissionView))]
[JsonSerializable(typeof(ChallengeSubmissionListView))]
[JsonSerializable(typeof(SpecificationMetrics))]
[JsonSerializable(typeof(TestSkeletonsView))]
[JsonSerializable(typeof(SuggestedTestsView))]
[JsonSerializable(typeof(ReviewView))]
[JsonSerializable(typeof(ReviewListView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string[]>))]
[JsonSerializable(typeof(IReadOnlyList<Judge0LanguageView>))]
[JsonSerializable(typeof(IReadOnlyList<Judge0StatusView>))]
[JsonSerializable(typeof(Judge0ErrorView))]
[JsonSerializable(typeof(CodebaeAnswer))]
[JsonSerializable(typeof(PistonAnswer))]
[JsonSerializable(typeof(IReadOnlyList<PistonRuntimeView>))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;

internal static class ApiJson
{
    public static ApiJsonContext Default { get; } = new(Options());

    /// <summary>Also for the hub's messages.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;

        // What leaves is JSON and is said to be: quotes and letters of all scripts stand as they are, control characters do not.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new LongTextConverter());
        options.Converters.Add(new JsonStringEnumConverter<ExecutionStatus>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ResourceLimit>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<StopOn>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<GroupScoring>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<AttemptState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<DeliveryState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<BatchState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ScheduleState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ScheduledKind>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<OverlapPolicy>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<MissedPolicy>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<RunOutcome>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ExecutionPriority>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<BatchItemState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ProblemState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<CheckStatus>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<Verdict>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<RequirementPriority>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ValidationRuleType>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<SubjectKind>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ValidationStatus>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<ComplianceResult>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<RequirementStatus>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<SuggestionCategory>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<SuggestionSeverity>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<LogLevel>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<LogSource>(JsonNamingPolicy.CamelCase));
    }

    private static JsonSerializerOptions Options()
    {
        JsonSerializerOptions options = new();
        Configure(options);
        return options;
    }
}
