using System.Globalization;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's attributes of a submission, and those of them that a client asks for.</summary>
internal sealed class Judge0Fields
{
    private const double BytesPerKb = 1024;

    private static readonly string[] UsualNames = ["stdout", "time", "memory", "stderr", "token", "compile_output", "message", "status"];

    private static readonly string[] Sent = ["source_code", "stdin", "compiler_options", "command_line_arguments", "cpu_time_limit", "wall_time_limit", "memory_limit", "max_processes_and_or_threads", "stack_limit", "max_file_size", "cpu_extra_time", "number_of_runs", "enable_network", "callback_url", "additional_files"];

    /// <summary>A text is written as bytes: how they are shown is the client's choice.</summary>
    private static readonly Dictionary<string, Func<Judge0Facts, object?>> All = new(StringComparer.Ordinal)
    {
        ["source_code"] = facts => Judge0Sources.CodeOf(facts),
        ["language_id"] = facts => facts.LanguageId,
        ["stdin"] = facts => facts.Spec is { Stdin.Length: > 0 } spec ? spec.Stdin : null,
        ["expected_output"] = facts => facts.Expected,
        ["stdout"] = facts => Judge0Facts.OrNull(facts.Stdout),
        ["status_id"] = facts => facts.Status.Id,
        ["created_at"] = facts => Time(facts.Record.CreatedAt),
        ["finished_at"] = facts => Time(facts.Record.EndedAt),
        ["time"] = facts => Seconds(facts.Run?.CpuMs),
        ["memory"] = facts => facts.Run is { } run ? (long)Math.Round(run.MemoryBytes / BytesPerKb) : null,
        ["stderr"] = facts => Judge0Facts.OrNull(facts.Stderr),
        ["token"] = facts => Judge0Submission.TokenOf(facts.Record.Id),
        ["cpu_time_limit"] = facts => Seconds(facts.Spec?.Limits.CpuTimeMs),
        ["wall_time_limit"] = facts => Seconds(facts.Spec?.Limits.WallTimeMs),
        ["memory_limit"] = facts => facts.Spec?.Limits.MemoryMb * (long)BytesPerKb,
        ["max_processes_and_or_threads"] = facts => (long?)facts.Spec?.Limits.Processes,
        ["stack_limit"] = facts => facts.Spec?.Limits is { } limits ? limits.StackKb ?? (limits.MemoryMb * (long)BytesPerKb) : null,
        ["enable_per_process_and_thread_time_limit"] = _ => false, // limits are for all processes together
        ["enable_per_process_and_thread_memory_limit"] = _ => false,
        ["max_file_size"] = facts => facts.Spec?.Limits is { } limits ? limits.FileSizeKb ?? (limits.WorkspaceMb * (long)BytesPerKb) : null,
        ["cpu_extra_time"] = facts => Seconds(facts.Spec?.Limits.GraceMs),
        ["number_of_runs"] = facts => (long?)facts.Spec?.Runs,
        ["compile_output"] = facts => Judge0Facts.OrNull(facts.CompileOutput),
        ["exit_code"] = facts => facts.Run?.ExitCode,
        ["exit_signal"] = facts => facts.Run?.Signal,
        ["message"] = facts => facts.Status.Message is { } message ? Encoding.UTF8.GetBytes(message) : null,
        ["wall_time"] = facts => Seconds(facts.Run?.WallMs),
        ["compiler_options"] = facts => facts.Spec is { CompileArgs.Count: > 0 } spec ? string.Join(' ', spec.CompileArgs) : null,
        ["command_line_arguments"] = facts => facts.Spec is { Args.Count: > 0 } spec ? string.Join(' ', spec.Args) : null,
        ["redirect_stderr_to_stdout"] = facts => Judge0Submission.IsMerged(facts.Record),
        ["callback_url"] = facts => facts.Spec?.Callback?.Url,
        ["additional_files"] = facts => Judge0Sources.ZipOf(facts) is { } zip ? Convert.ToBase64String(zip) : null, // in Base64 in any case, as there
        ["enable_network"] = facts => facts.Spec is { } spec ? spec.Network != NetworkAccess.None : null,
        ["started_at"] = facts => Time(facts.Record.StartedAt),
        ["queued_at"] = facts => Time(facts.Record.CreatedAt),
        ["updated_at"] = facts => Time(facts.Record.EndedAt ?? facts.Record.StartedAt ?? facts.Record.CreatedAt),
        ["queue_host"] = _ => null, // which machine it was is nobody's business
        ["execution_host"] = _ => null,
        ["status"] = facts => facts.Status.Id,
        ["language"] = facts => facts.LanguageName,
    };

    private readonly string[] _names;

    private Judge0Fields(string[] names) => _names = names;

    public static Judge0Fields Usual { get; } = new(UsualNames);

    /// <summary>Only some need what was sent.</summary>
    public bool NeedSpec => _names.Any(Sent.Contains);

    public bool NeedExpected => _names.Contains("expected_output");

    /// <exception cref="RequestRefusedException">One of them does not exist.</exception>
    public static Judge0Fields Read(HttpRequest request)
    {
        string[] asked = request.Query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Contains("*", StringComparer.Ordinal))
        {
            return new Judge0Fields([.. All.Keys]);
        }

        string[] unknown = [.. asked.Where(name => !All.ContainsKey(name))];
        return unknown.Length > 0
            ? throw new RequestRefusedException(new(ProblemTypes.InvalidRequest, $"invalid fields: [{string.Join(", ", unknown)}]"))
            : new Judge0Fields(asked.Length > 0 ? [.. asked.Distinct(StringComparer.Ordinal)] : UsualNames);
    }

    /// <exception cref="NotUtf8Exception">A text can only be shown as Base64.</exception>
    public void Write(Utf8JsonWriter json, Judge0Facts facts, bool base64)
    {
        json.WriteStartObject();
        foreach (string name in _names)
        {
            json.WritePropertyName(name);
            object? value = All[name](facts);
            switch (name)
            {
                case "status":
                    WriteNamed(json, facts.Status.Id, "description", Judge0Statuses.DescriptionOf(facts.Status.Id));
                    break;
                case "language":
                    WriteNamed(json, facts.LanguageId, "name", facts.LanguageName);
                    break;
                default:
                    WriteValue(json, value, base64);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, int id, string member, string name)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString(member, name);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, bool base64)
    {
        switch (value)
        {
            case byte[] bytes when base64:
                json.WriteStringValue(Convert.ToBase64String(bytes));
                break;
            case byte[] bytes:
                json.WriteStringValue(Judge0Facts.Text(bytes));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static string? Seconds(double? milliseconds) => (milliseconds / 1000)?.ToString("0.0##", CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
