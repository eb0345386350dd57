using CodeExec.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's way to say no: messages by attribute with 422, or one error.</summary>
internal static class Judge0Problems
{
    private static readonly Dictionary<string, string> Attributes = new(StringComparer.Ordinal)
    {
        ["language"] = "language_id",
        ["code"] = "source_code",
        ["args"] = "command_line_arguments",
        ["compileArgs"] = "compiler_options",
        ["callback.url"] = "callback_url",
        ["runs"] = "number_of_runs",
        ["network"] = "enable_network",
        ["limits.cpuTimeMs"] = "cpu_time_limit",
        ["limits.wallTimeMs"] = "wall_time_limit",
        ["limits.memoryMb"] = "memory_limit",
        ["limits.processes"] = "max_processes_and_or_threads",
        ["limits.stackKb"] = "stack_limit",
        ["limits.fileSizeKb"] = "max_file_size",
        ["limits.graceMs"] = "cpu_extra_time",
    };

    public static int StatusOf(Problem problem) => problem switch
    {
        { Errors: not null } => StatusCodes.Status422UnprocessableEntity,
        { Type.Status: StatusCodes.Status429TooManyRequests } when problem.Type == ProblemTypes.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => problem.Type.Status,
    };

    public static string TextOf(Problem problem) => problem.Type == ProblemTypes.Busy ? "queue is full" : problem.Detail;

    public static IReadOnlyDictionary<string, string[]> ByAttribute(IReadOnlyDictionary<string, string[]> errors)
        => errors.GroupBy(error => AttributeOf(error.Key), error => error.Value).ToDictionary(same => same.Key, same => same.SelectMany(messages => messages).ToArray(), StringComparer.Ordinal);

    private static string AttributeOf(string field)
        => Attributes.GetValueOrDefault(field) ?? (field.StartsWith("files", StringComparison.Ordinal) ? "additional_files"
            : Attributes.FirstOrDefault(one => field.StartsWith(one.Key + "[", StringComparison.Ordinal)).Value ?? field);
}

internal sealed record Judge0ErrorView(string Error);
