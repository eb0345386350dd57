using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Api.Grading;

/// <summary>A solution as it can be sent back. For authors alone.</summary>
internal sealed record SolutionView(string Name, string? Language, IReadOnlyList<string> Expect, bool Main)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entry { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CompileArgs { get; init; }

    public static SolutionView Of(Solution solution) => new(solution.Name, solution.Program.Language, solution.Expect.Names, solution.Main)
    {
        Version = solution.Program.Version,
        Code = solution.Program.Code,
        Files = solution.Program.Files,
        Entry = solution.Program.Entry,
        CompileArgs = solution.Program.CompileArgs,
    };
}
