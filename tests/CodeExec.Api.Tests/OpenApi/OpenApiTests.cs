using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using CodeExec.Api.Access;
using CodeExec.Api.Codebae;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Api.Judge0;
using CodeExec.Api.Languages;
using CodeExec.Api.Logs;
using CodeExec.Api.Piston;
using CodeExec.Api.Problems;
using CodeExec.Api.Reviews;
using CodeExec.Api.Schedules;
using CodeExec.Api.Specifications;
using CodeExec.Api.Status;
using CodeExec.Api.Suggestions;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Reviews;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Metrics;
using CodeExec.Core.Specifications.Skeletons;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Tests.OpenApi;

public sealed partial class OpenApiTests : IAsyncLifetime
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private ApiHost _host = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _document = (await _host.GetAsync("/openapi/v1.json")).Json;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Document_ListsEveryMappedRouteAndNoOther()
    {
        IEnumerable<string> mapped = _host.EndpointSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/docs/", StringComparison.Ordinal)) // parts of the page
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"],
                (endpoint, method) => $"{method} {endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal)}")
            .Select(one => one.Replace("GET /hubs/executions/negotiate", "POST /hubs/executions/negotiate", StringComparison.Ordinal));

        IEnumerable<string> described = Operations().Select(one => $"{one.Method.ToUpperInvariant()} {one.Path}");

        Assert.Equal(mapped.Distinct().Order(), described.Order());
    }

    [Fact]
    public void Document_IsOpenApi31()
    {
        Assert.Matches(@"^3\.1\.\d+$", _document.GetProperty("openapi").GetString());
        Assert.Equal(["title", "version"], new[] { "title", "version" }.Where(name => _document.GetProperty("info").GetProperty(name).GetString()!.Length > 0));
        string[] members = ["openapi", "info", "servers", "security", "tags", "paths", "components"];
        Assert.All(_document.EnumerateObject(), member => Assert.Contains(member.Name, members));
        Assert.All(_document.GetProperty("paths").EnumerateObject(), path =>
        {
            Assert.StartsWith("/", path.Name, StringComparison.Ordinal);
            Assert.All(path.Value.EnumerateObject(), member => Assert.Contains(member.Name, Methods));
        });
        (string Path, string Method, JsonElement Operation)[] operations = [.. Operations()];
        Assert.Equal(operations.Length, operations.Select(one => one.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        string[] tags = [.. _document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!)];
        Assert.All(operations, one => CheckOperation(one.Path, one.Operation, tags));
    }

    [Fact]
    public void Document_EveryReferenceLeadsSomewhereAndEveryComponentIsUsed()
    {
        HashSet<string> used = [.. References(_document)];

        Assert.All(used, reference => Assert.NotEqual(JsonValueKind.Undefined, Resolve(reference).ValueKind));
        foreach (string kind in new[] { "schemas", "responses" })
        {
            Assert.All(_document.GetProperty("components").GetProperty(kind).EnumerateObject(), one => Assert.Contains($"#/components/{kind}/{one.Name}", used));
        }
    }

    [Fact]
    public void Document_EverySchemaIsWellFormed()
        => Assert.All(_document.GetProperty("components").GetProperty("schemas").EnumerateObject(), one => CheckSchema(one.Name, one.Value));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Schema_HasTheMembersOfWhatIsSent(string schema, Type type)
    {
        JsonTypeInfo info = ApiJson.Default.GetTypeInfo(type)!;

        Assert.Equal(
            info.Properties.Select(property => property.Name).Order(StringComparer.Ordinal),
            _document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, Type> Answers() => new()
    {
        { "Execution", typeof(ExecutionView) }, { "Outcome", typeof(OutcomeView) }, { "Step", typeof(StepView) }, { "Run", typeof(RunView) }, { "Timings", typeof(TimingsView) },
        { "Artifact", typeof(ArtifactView) }, { "ExecutionError", typeof(ErrorView) }, { "ExecutionList", typeof(ExecutionListView) }, { "Metrics", typeof(MetricsView) },
        { "Grade", typeof(GradeView) }, { "Test", typeof(TestView) }, { "GradedGroup", typeof(GroupView) }, { "GradedProblem", typeof(GradedProblemView) },
        { "ProblemTest", typeof(ProblemTestView) }, { "ProblemGroup", typeof(ProblemGroupView) }, { "Batch", typeof(BatchView) }, { "Schedule", typeof(ScheduleView) }, { "PoisonMessage", typeof(PoisonView) }, { "ScheduleRun", typeof(ScheduleRunView) }, { "BatchProgress", typeof(BatchProgressView) },
        { "BatchItem", typeof(BatchItemView) }, { "RegradeDiff", typeof(RegradeDiffView) }, { "RegradeChange", typeof(ItemChange) }, { "Delivery", typeof(DeliveryView) },
        { "DeliveryTry", typeof(DeliveryTry) }, { "AttemptRules", typeof(AttemptRulesView) }, { "AttemptStanding", typeof(AttemptStandingView) }, { "AttemptList", typeof(AttemptListView) },
        { "StudentAttempts", typeof(StudentAttemptsView) }, { "Attempt", typeof(AttemptView) }, { "Grant", typeof(GrantView) },
        { "LanguageMetrics", typeof(LanguageMetricsView) }, { "LogEntry", typeof(LogView) }, { "LogPage", typeof(LogPageView) }, { "LogStats", typeof(LogStatsView) },
        { "Language", typeof(LanguageView) }, { "Limits", typeof(LimitsView) }, { "Health", typeof(HealthView) }, { "Dependency", typeof(DependencyView) },
        { "Stats", typeof(StatsView) }, { "LastHour", typeof(LastHourView) }, { "Engine", typeof(EngineView) }, { "Process", typeof(ProcessView) },
        { "Key", typeof(KeyView) }, { "KeyList", typeof(KeyListView) }, { "Problem", typeof(ProblemView) }, { "CodebaeAnswer", typeof(CodebaeAnswer) },
        { "PistonAnswer", typeof(PistonAnswer) }, { "PistonStage", typeof(PistonStageView) }, { "PistonRuntime", typeof(PistonRuntimeView) }, { "PistonProblem", typeof(PistonProblemView) },
        { "Specification", typeof(SpecificationView) }, { "SpecificationList", typeof(SpecificationListView) }, { "Task", typeof(TaskView) }, { "Requirement", typeof(RequirementView) },
        { "Criterion", typeof(CriterionView) }, { "Rule", typeof(RuleView) }, { "TestCase", typeof(TestCaseView) }, { "Challenge", typeof(ChallengeView) },
        { "ChallengeList", typeof(ChallengeListView) }, { "Validation", typeof(ValidationView) }, { "ValidationList", typeof(ValidationListView) }, { "Coverage", typeof(CoverageView) },
        { "TestCosts", typeof(TestCosts) }, { "RequirementCompliance", typeof(RequirementComplianceView) }, { "CriterionCompliance", typeof(CriterionComplianceView) }, { "RuleResult", typeof(RuleResultView) },
        { "TestResult", typeof(TestResultView) }, { "TaskVerification", typeof(TaskVerificationView) }, { "TaskTests", typeof(TaskTestsView) }, { "TaskStatus", typeof(TaskStatusView) },
        { "ChallengeSubmission", typeof(ChallengeSubmissionView) }, { "SpecCompliance", typeof(SpecComplianceView) }, { "CheckedImplementation", typeof(ImplementationView) }, { "TestSkeletons", typeof(TestSkeletonsView) },
        { "TestSkeleton", typeof(TestSkeleton) }, { "SpecificationMetrics", typeof(SpecificationMetrics) }, { "CommonFailure", typeof(CommonFailure) }, { "TaskCompletion", typeof(TaskCompletion) },
        { "CompliancePeriod", typeof(CompliancePeriod) }, { "LanguageCompliance", typeof(LanguageCompliance) }, { "MetricsPeriod", typeof(MetricsPeriodView) }, { "Review", typeof(ReviewView) },
        { "ReviewCompliance", typeof(SpecificationCompliance) }, { "ComplianceDetail", typeof(ComplianceDetail) }, { "ExecutionAnalysis", typeof(ExecutionAnalysis) }, { "PerformanceMetrics", typeof(PerformanceMetrics) },
        { "CorrectnessReport", typeof(CorrectnessReport) }, { "TestFailure", typeof(TestFailure) }, { "EdgeCase", typeof(EdgeCaseAnalysis) }, { "Suggestion", typeof(ReviewSuggestion) },
        { "Judge0Status", typeof(Judge0StatusView) }, { "Judge0Named", typeof(Judge0LanguageView) }, { "Judge0Error", typeof(Judge0ErrorView) },
        { "SuggestedTests", typeof(SuggestedTestsView) }, { "SuggestedTest", typeof(SuggestedTestView) },
    };

    [Fact]
    public async Task Schema_OfASubmission_HasTheMembersThatAreRead()
    {
        JsonElement schema = _document.GetProperty("components").GetProperty("schemas").GetProperty("Submission");
        string all = "{" + string.Join(',', schema.GetProperty("properties").EnumerateObject().Select(property => $"\"{property.Name}\":null")) + ",\"noSuchMember\":null}";

        Answer answer = await _host.PostAsync("/api/executions", all);

        Assert.Equal(["noSuchMember"], answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Page_IsServedWithOnlyItsOwnFiles()
    {
        Answer page = await _host.GetAsync("/docs");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("script-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", (await _host.GetAsync("/docs/docs.js")).Text, StringComparison.Ordinal);
        foreach (Match file in OwnFile().Matches(page.Text).Where(file => file.Groups[1].Value.StartsWith('/')))
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(file.Groups[1].Value)).Status);
        }
    }

    private static void CheckOperation(string path, JsonElement operation, string[] tags)
    {
        Assert.All(operation.GetProperty("tags").EnumerateArray(), tag => Assert.Contains(tag.GetString()!, tags));
        JsonElement[] parameters = operation.TryGetProperty("parameters", out JsonElement list) ? [.. list.EnumerateArray()] : [];
        Assert.Equal(
            Template().Matches(path).Select(match => match.Groups[1].Value).Order(),
            parameters.Where(one => one.GetProperty("in").GetString() == "path").Select(one => one.GetProperty("name").GetString()!).Order());
        Assert.All(parameters, one =>
        {
            Assert.Contains(one.GetProperty("in").GetString(), new[] { "path", "query", "header", "cookie" });
            CheckSchema(path, one.GetProperty("schema"));
            Assert.True(one.GetProperty("in").GetString() != "path" || one.GetProperty("required").GetBoolean());
        });
        Assert.NotEmpty(operation.GetProperty("responses").EnumerateObject());
        Assert.All(operation.GetProperty("responses").EnumerateObject(), one =>
        {
            Assert.Matches(@"^\d{3}$", one.Name);
            Assert.True(one.Value.TryGetProperty("$ref", out _) || one.Value.GetProperty("description").GetString()!.Length > 0);
        });
    }

    private static void CheckSchema(string at, JsonElement schema)
    {
        Assert.True(schema.ValueKind == JsonValueKind.Object, at);
        Assert.False(schema.TryGetProperty("nullable", out _), $"{at}: 'nullable' is of 3.0");
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            string[] known = ["string", "integer", "number", "boolean", "object", "array", "null"];
            Assert.All<JsonElement>(type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type], one => Assert.Contains(one.GetString()!, known));
        }

        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            Assert.All(properties.EnumerateObject(), one => CheckSchema($"{at}.{one.Name}", one.Value));
            if (schema.TryGetProperty("required", out JsonElement required))
            {
                Assert.All(required.EnumerateArray(), one => Assert.True(properties.TryGetProperty(one.GetString()!, out _), $"{at}: {one}"));
            }
        }

        if (schema.TryGetProperty("items", out JsonElement items))
        {
            CheckSchema(at + "[]", items);
        }
    }

    private IEnumerable<(string Path, string Method, JsonElement Operation)> Operations()
        => _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, method) => (path.Name, method.Name, method.Value));

    private JsonElement Resolve(string reference)
        => reference[2..].Split('/').Aggregate(_document, (at, part) => at.TryGetProperty(part, out JsonElement next) ? next : default);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Template();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex OwnFile();
}
