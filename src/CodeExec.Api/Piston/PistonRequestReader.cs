using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages.Detection;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Piston;

/// <summary>
/// Reads Piston's jobs the way Piston does: what it does not know it passes over, what is wrong it says one at a time and in the words
/// that its clients know.
/// </summary>
internal sealed class PistonRequestReader(InstalledLanguages languages, IOptions<SubmissionCeilings> ceilings)
{
    private const int DefaultRunMs = 3000, DefaultCompileMs = 10_000, BytesPerMb = 1 << 20;

    public PistonRequest Read(JsonElement body)
    {
        string language = RequiredText(body, "language");
        string version = RequiredText(body, "version");
        JsonElement files = Member(body, "files") is { ValueKind: JsonValueKind.Array } array ? array : throw Refuse("files is required as an array");
        List<JsonElement> all = [.. files.EnumerateArray()];
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].ValueKind != JsonValueKind.Object || Member(all[i], "content") is not { ValueKind: JsonValueKind.String })
            {
                throw Refuse($"files[{i}].content is required as a string");
            }
        }

        (DetectedLanguage runtime, string found) = FindRuntime(language, version);
        int entry = all.FindIndex(IsText);
        if (entry < 0)
        {
            throw Refuse("files must include at least one utf8 encoded file");
        }

        SubmittedFile[] submitted = [.. all.Select((file, index) => ReadFile(file, index, index == entry, runtime))];
        SubmissionCeilings most = ceilings.Value;
        return new(runtime.Language.Id, found, new Submission
        {
            Language = runtime.Language.Id,
            Version = found,
            Files = submitted,
            Entry = submitted[entry].Path,
            Stdin = WithLineEnd(OptionalText(body, "stdin") ?? ""),
            Args = ReadArgs(body),
            Limits = new()
            {
                WallTimeMs = ReadTime(body, "run_timeout", most.WallTimeMs) ?? Math.Min(DefaultRunMs, most.WallTimeMs),
                CpuTimeMs = ReadTime(body, "run_cpu_time", most.CpuTimeMs) ?? Math.Min(DefaultRunMs, most.CpuTimeMs),
                MemoryMb = ReadMemory(body, "run_memory_limit", most.MemoryMb),
            },
            CompileLimits = new()
            {
                WallTimeMs = ReadTime(body, "compile_timeout", most.WallTimeMs) ?? Math.Min(DefaultCompileMs, most.WallTimeMs),
                CpuTimeMs = ReadTime(body, "compile_cpu_time", most.CpuTimeMs) ?? Math.Min(DefaultCompileMs, most.CpuTimeMs),
                MemoryMb = ReadMemory(body, "compile_memory_limit", most.MemoryMb),
            },
        });
    }

    private (DetectedLanguage Runtime, string Version) FindRuntime(string language, string selector)
    {
        DetectedLanguage? detected = languages.Installed.FirstOrDefault(one =>
            one.Language.Id.Equals(language, StringComparison.OrdinalIgnoreCase) || one.Language.Aliases.Contains(language, StringComparer.OrdinalIgnoreCase));
        string? version = detected?.Versions.Select(one => one.Id).FirstOrDefault(id => VersionSelector.Matches(selector, id))
            ?? detected?.FindVersion(selector)?.Id
            ?? (detected is not null && VersionSelector.Matches(selector, detected.ToolchainVersion!) ? detected.Versions[0].Id : null);
        return detected is not null && version is not null ? (detected, version) : throw Refuse($"{language}-{selector} runtime is unknown");
    }

    private static SubmittedFile ReadFile(JsonElement file, int index, bool isEntry, DetectedLanguage runtime)
    {
        string? name = OptionalText(file, "name");
        string path = !string.IsNullOrEmpty(name) ? name : isEntry ? runtime.Language.Entry.FileName : $"file{index}.code";
        string encoding = OptionalText(file, "encoding") is "base64" or "hex" ? OptionalText(file, "encoding")! : "utf8";
        return new(path, RequiredContent(file, index), encoding);
    }

    private static bool IsText(JsonElement file) => OptionalText(file, "encoding") is not ("base64" or "hex");

    private static string RequiredContent(JsonElement file, int index)
        => OptionalText(file, "content") ?? throw Refuse($"files[{index}].content is required as a string");

    private static IReadOnlyList<string> ReadArgs(JsonElement body)
    {
        if (Member(body, "args") is not { } args)
        {
            return [];
        }

        return args.ValueKind == JsonValueKind.Array
            ? [.. args.EnumerateArray().Select(arg => arg.ValueKind == JsonValueKind.String ? Text(arg) ?? throw Refuse("args must be strings") : arg.GetRawText())]
            : throw Refuse("args must be an array");
    }

    private static long? ReadTime(JsonElement body, string name, int most)
        => ReadNumber(body, name, most) is { } number ? (long)Math.Max(1, Math.Ceiling(number)) : null;

    /// <summary>Bytes; -1 is Piston's "no limit", which here is the most that this server gives.</summary>
    private static long ReadMemory(JsonElement body, string name, int mostMb)
        => Member(body, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long all) && all == -1 ? mostMb
            : ReadNumber(body, name, (double)mostMb * BytesPerMb) is { } bytes ? (long)Math.Ceiling(bytes / BytesPerMb)
            : mostMb;

    /// <summary>Null when left out, or 0, which Piston takes for the same.</summary>
    private static double? ReadNumber(JsonElement body, string name, double most)
    {
        if (Member(body, name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number))
        {
            throw Refuse($"If specified, {name} must be a number");
        }

        return number > most ? throw Refuse($"{name} cannot exceed the configured limit of {most}")
            : number < 0 ? throw Refuse($"{name} must be non-negative")
            : number == 0 ? null : number;
    }

    private static string RequiredText(JsonElement body, string name)
        => OptionalText(body, name) is { Length: > 0 } text ? text : throw Refuse($"{name} is required as a string");

    private static string? OptionalText(JsonElement body, string name) => Member(body, name) is { ValueKind: JsonValueKind.String } value ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Refuse("strings must be valid Unicode");
        }
    }

    private static JsonElement? Member(JsonElement body, string name)
        => body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>As Piston does, so that a program that reads a line finds one.</summary>
    private static string WithLineEnd(string stdin) => stdin.EndsWith('\n') ? stdin : stdin + "\n";

    private static RequestRefusedException Refuse(string message) => new(new(ProblemTypes.InvalidRequest, message));
}
