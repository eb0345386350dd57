using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Api.Grading;

/// <summary>A checker as it can be sent back. What could tell a submitter the answer is for authors.</summary>
internal sealed record CheckerView([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Absolute { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Relative { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IgnoreCase { get; init; }

    /// <summary>Of validators and generators.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>From here on: for authors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pattern { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entry { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemLimitsView? Limits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CompileArgs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Args { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Protocol { get; init; }

    public static CheckerView Of(SubmittedChecker checker, bool author)
    {
        CheckerView shown = new(checker.Type) { Absolute = checker.Absolute, Relative = checker.Relative, IgnoreCase = checker.IgnoreCase };
        SubmittedProgram? program = checker.Program;
        return !author ? shown : shown with
        {
            Pattern = checker.Pattern,
            Language = program?.Language,
            Version = program?.Version,
            Code = program?.Code,
            Files = program?.Files,
            Entry = program?.Entry,
            Limits = program?.Limits is { } limits ? ProblemLimitsView.Of(limits) : null,
            CompileArgs = program?.CompileArgs,
            Args = program?.Args,
            Protocol = program?.Protocol,
        };
    }

    public static CheckerView Of(CheckerSpec checker, bool author) => checker switch
    {
        CheckerSpec.Exact => new CheckerView("exact"),
        CheckerSpec.Trimmed => new CheckerView("trimmed"),
        CheckerSpec.Tokens one => new CheckerView("tokens") { IgnoreCase = one.IgnoreCase },
        CheckerSpec.Floats one => new CheckerView("float") { Absolute = one.Absolute, Relative = one.Relative },
        CheckerSpec.UnorderedLines one => new CheckerView("unorderedLines") { IgnoreCase = one.IgnoreCase },
        CheckerSpec.UnorderedTokens one => new CheckerView("unorderedTokens") { IgnoreCase = one.IgnoreCase },
        CheckerSpec.Contains => new CheckerView("contains"),
        CheckerSpec.Regex one => new CheckerView("regex") { IgnoreCase = one.IgnoreCase, Pattern = author ? one.Pattern : null },
        CheckerSpec.Json => new CheckerView("json"),
        CheckerSpec.Program one => author ? Of(one.Checker, "program") : new CheckerView("program"),
        CheckerSpec.Interactor one => author ? Of(one.Judge, "interactor") : new CheckerView("interactor"),
        _ => throw new InvalidOperationException($"A checker of type {checker.GetType().Name} has no name to be shown by."),
    };

    public static CheckerView Of(AuthorTool tool) => Of(tool.Program, type: null) with { Name = tool.Name };

    /// <param name="type">Null where it is clear from its place.</param>
    public static CheckerView Of(JudgeProgram program, string? type) => new(type)
    {
        Language = program.Language,
        Version = program.Version,
        Files = [.. program.Files.Select(Of)],
        Entry = program.Entry,
        Limits = ProblemLimitsView.Of(program.Limits),
        CompileArgs = program.CompileArgs,
        Args = program.Args.Count > 0 ? program.Args : null,
        Protocol = JsonNamingPolicy.CamelCase.ConvertName(program.Protocol.ToString()),
    };

    private static SubmittedFile Of(SourceFile file) => OutputText.IsExact(file.Content)
        ? new SubmittedFile(file.Path, OutputText.Decode(file.Content))
        : new SubmittedFile(file.Path, Convert.ToBase64String(file.Content), "base64");
}
