using System.Text.Json;
using CodeExec.Api.Requests;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Api.Executions;

/// <summary>The body of a submission: its shape only. What it may say is for <see cref="SubmissionValidator"/>.</summary>
internal static class SubmissionReader
{
    internal static readonly HashSet<string> Members =
    [
        "language", "version", "code", "files", "entry", "stdin", "args", "env", "secrets", "limits", "compileLimits", "runs", "compileArgs", "network",
        "provider", "priority", "labels", "student", "artifacts", "problem", "testIds", "samples", "callback", "startAt", "delayMs", .. SuiteReader.Members,
    ];

    private static readonly HashSet<string> FileMembers = ["path", "content", "encoding"];

    private static readonly HashSet<string> CallbackMembers = ["url", "secret"];

    private static readonly HashSet<string> ProblemMembers = ["id", "version"];

    internal static readonly HashSet<string> LimitMembers =
        ["wallTimeMs", "cpuTimeMs", "memoryMb", "processes", "outputKb", "workspaceMb", "stackKb", "fileSizeKb", "openFiles", "cpus", "graceMs"];

    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static Submission Read(JsonElement body)
    {
        FieldErrors errors = new();
        Submission submission = Read(new JsonFields(body, "", errors, Members));
        errors.ThrowIfAny();
        return submission;
    }

    /// <summary>One among others. What is wrong stands in the errors that the fields were made with.</summary>
    public static Submission Read(JsonFields fields)
        => new()
        {
            Language = fields.Text("language"),
            Version = fields.Text("version"),
            Code = fields.Text("code"),
            Files = Files(fields, "files"),
            Entry = fields.Text("entry"),
            Stdin = fields.Text("stdin"),
            Args = fields.TextList("args"),
            Env = fields.TextMap("env"),
            Secrets = fields.TextMap("secrets"),
            Limits = Limits(fields.Object("limits", LimitMembers)),
            CompileLimits = Limits(fields.Object("compileLimits", LimitMembers)),
            Runs = fields.Integer("runs"),
            CompileArgs = fields.TextList("compileArgs"),
            Network = fields.Text("network"),
            Provider = fields.Text("provider"),
            Priority = fields.Text("priority"),
            Labels = fields.TextMap("labels"),
            Student = fields.Text("student"),
            Artifacts = fields.TextList("artifacts"),
            Callback = Callback(fields),
            StartAt = fields.Text("startAt"),
            DelayMs = fields.Integer("delayMs"),
            Problem = fields.Object("problem", ProblemMembers) is { } problem ? new(problem.Text("id"), problem.Integer("version")) : null,
            TestIds = fields.TextList("testIds"),
            Samples = fields.Flag("samples"),
            Suite = SuiteReader.Has(fields) ? SuiteReader.Read(fields) : null,
        };

    public static IReadOnlyList<SubmittedFile>? Files(JsonFields fields, string name)
        => fields.Objects(name, FileMembers)?.Select(file => new SubmittedFile(file.Text("path"), file.Text("content"), file.Text("encoding"))).ToList();

    public static SubmittedCallback? Callback(JsonFields fields)
        => fields.Object("callback", CallbackMembers) is { } callback ? new(callback.Text("url"), callback.Text("secret")) : null;

    public static SubmittedLimits? Limits(JsonFields fields, string name) => Limits(fields.Object(name, LimitMembers));

    private static SubmittedLimits? Limits(JsonFields? limits) => limits is null ? null : new()
    {
        WallTimeMs = limits.Integer("wallTimeMs"),
        CpuTimeMs = limits.Integer("cpuTimeMs"),
        MemoryMb = limits.Integer("memoryMb"),
        Processes = limits.Integer("processes"),
        OutputKb = limits.Integer("outputKb"),
        WorkspaceMb = limits.Integer("workspaceMb"),
        StackKb = limits.Integer("stackKb"),
        FileSizeKb = limits.Integer("fileSizeKb"),
        OpenFiles = limits.Integer("openFiles"),
        Cpus = limits.Number("cpus"),
        GraceMs = limits.Integer("graceMs"),
    };
}
