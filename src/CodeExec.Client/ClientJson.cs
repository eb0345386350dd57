using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeExec.Client;

/// <summary>
/// The wire's JSON, source-generated. Members that a newer server adds are ignored; for those that an older one leaves out, generated
/// code ignores initializers of init properties, hence the "field ??" in their getters.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(CamelCaseEnum<ExecutionStatus>), typeof(CamelCaseEnum<OutcomeKind>), typeof(CamelCaseEnum<LimitKind>),
        typeof(CamelCaseEnum<LogLevel>), typeof(CamelCaseEnum<LogSource>)])]
[JsonSerializable(typeof(ExecutionRequest))]
[JsonSerializable(typeof(Execution))]
[JsonSerializable(typeof(ExecutionDisplay))]
[JsonSerializable(typeof(ExecutionPage))]
[JsonSerializable(typeof(LogEntry))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(IReadOnlyList<LanguageInfo>))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(GradedProblem))]
[JsonSerializable(typeof(ProblemCheck))]
[JsonSerializable(typeof(ProblemPage))]
[JsonSerializable(typeof(SuggestedTestsRequest))]
[JsonSerializable(typeof(SuggestedTests))]
[JsonSerializable(typeof(ChosenTests))]
[JsonSerializable(typeof(SpecificationSummary))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchPage))]
[JsonSerializable(typeof(BatchProgress))]
[JsonSerializable(typeof(BatchItem))]
[JsonSerializable(typeof(BatchItemList))]
[JsonSerializable(typeof(BatchHeaderLine))]
[JsonSerializable(typeof(Regrade))]
[JsonSerializable(typeof(RegradeChanges))]
[JsonSerializable(typeof(AttemptPage))]
[JsonSerializable(typeof(StudentAttempts))]
[JsonSerializable(typeof(AttemptGrantRequest))]
[JsonSerializable(typeof(GradeOverride))]
[JsonSerializable(typeof(ScheduleRequest))]
[JsonSerializable(typeof(Schedule))]
[JsonSerializable(typeof(SchedulePage))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(ScheduleRunList))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(DeliveryList))]
public sealed partial class ClientJson : JsonSerializerContext;
