using System.Text.Encodings.Web;
using System.Text.Json;
using CodeExec.Client;

namespace CodeExec.Cli.Text;

/// <summary>JSON for people and for jq: indented, its texts readable, with a line end.</summary>
internal static class JsonText
{
    private static readonly ClientJson Json = new(new JsonSerializerOptions(ClientJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it goes to a terminal or a file, not into a page
    });

    public static string Of(Execution execution) => JsonSerializer.Serialize(execution, Json.Execution) + "\n";

    public static string Of(ExecutionPage page) => JsonSerializer.Serialize(page, Json.ExecutionPage) + "\n";

    public static string Of(LogEntry entry) => JsonSerializer.Serialize(entry, Json.LogEntry) + "\n";

    public static string Of(IReadOnlyList<LanguageInfo> languages) => JsonSerializer.Serialize(languages, Json.IReadOnlyListLanguageInfo) + "\n";

    public static string Of(ServerHealth health) => JsonSerializer.Serialize(health, Json.ServerHealth) + "\n";

    public static string Of(GradedProblem problem) => JsonSerializer.Serialize(problem, Json.GradedProblem) + "\n";

    public static string Of(ProblemCheck check) => JsonSerializer.Serialize(check, Json.ProblemCheck) + "\n";

    public static string Of(ProblemPage page) => JsonSerializer.Serialize(page, Json.ProblemPage) + "\n";

    public static string Of(SuggestedTests tests) => JsonSerializer.Serialize(tests, Json.SuggestedTests) + "\n";

    public static string Of(Batch batch) => JsonSerializer.Serialize(batch, Json.Batch) + "\n";

    public static string Of(BatchPage page) => JsonSerializer.Serialize(page, Json.BatchPage) + "\n";

    public static string Of(BatchItemList items) => JsonSerializer.Serialize(items, Json.BatchItemList) + "\n";

    public static string Of(RegradeChanges changes) => JsonSerializer.Serialize(changes, Json.RegradeChanges) + "\n";

    public static string Of(AttemptPage page) => JsonSerializer.Serialize(page, Json.AttemptPage) + "\n";

    public static string Of(StudentAttempts attempts) => JsonSerializer.Serialize(attempts, Json.StudentAttempts) + "\n";

    public static string Of(DeliveryList deliveries) => JsonSerializer.Serialize(deliveries, Json.DeliveryList) + "\n";
}
