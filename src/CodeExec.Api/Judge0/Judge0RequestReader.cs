using System.Text;
using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Importing;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Judge0;

/// <summary>Reads Judge0's submissions: what it does not know it passes over as Judge0 does, and what is wrong is said by attribute.</summary>
internal sealed class Judge0RequestReader(Judge0Languages languages, IOptions<SubmissionCeilings> ceilings, IOptions<GradingOptions> grading)
{
    private const int LongestOptions = 512, KbPerMb = 1024, LeastMemoryKb = 2048;

    /// <exception cref="RequestRefusedException">With the messages by attribute.</exception>
    public async Task<Judge0Request> ReadAsync(JsonElement body, bool base64, CancellationToken cancellationToken)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, known: null);
        int? id = LanguageId(fields, errors);
        Judge0Language? language = id is { } given ? languages.Find(given) : null;
        if (id is not null && language is null)
        {
            errors.Add("language_id", $"language with id {id} doesn't exist");
        }

        byte[]? source = Bytes(fields, "source_code", base64, errors), stdin = Bytes(fields, "stdin", base64, errors), expected = Bytes(fields, "expected_output", base64, errors);
        bool isProject = id == Judge0Script.MultiFile;
        if ((source is null or []) != isProject)
        {
            errors.Add("source_code", isProject ? "must be blank" : "can't be blank");
        }

        List<SubmittedFile> files = await FilesAsync(fields, errors, cancellationToken);
        if (isProject && files.Count == 0)
        {
            errors.Add("additional_files", "can't be blank");
        }

        IReadOnlyList<string>? options = Words(fields, "compiler_options", errors);
        if (options is not null && !isProject && language is { CompileCommand: null })
        {
            errors.Add("compiler_options", "setting compiler options is only allowed for compiled languages");
        }

        Submission submission = new()
        {
            Language = language?.Detected.Language.Id,
            Stdin = stdin is null ? null : Text(stdin, "stdin", errors),
            Args = Words(fields, "command_line_arguments", errors),
            CompileArgs = isProject ? null : options,
            Limits = Limits(fields, errors),
            Runs = (long?)Judge0Numbers.Positive(fields, "number_of_runs", ceilings.Value.Runs, errors),
            Network = Flag(fields, "enable_network") ? "full" : null,
            Callback = fields.Text("callback_url") is { Length: > 0 } url ? new SubmittedCallback(url, null) : null,
            Labels = Judge0Submission.Labels(id ?? 0, expected, Flag(fields, "redirect_stderr_to_stdout")),
        };
        errors.ThrowIfAny();
        return new Judge0Request(language!.Script is { } script ? WithScript(submission, source, script, files) : WithSource(submission, source!, language.SourceFile!, files), expected);
    }

    private static Submission WithScript(Submission submission, byte[]? source, Judge0Script script, List<SubmittedFile> files) => submission with
    {
        Files =
        [
            new SubmittedFile(Judge0Script.FileName, script.Text),
            .. script.SourceFile is { } name ? [new SubmittedFile(name, Convert.ToBase64String(source!), "base64")] : Array.Empty<SubmittedFile>(),
            .. files.Where(file => file.Path != script.SourceFile && file.Path != Judge0Script.FileName),
        ],
        Entry = Judge0Script.FileName,
    };

    /// <param name="name">Of the source: a file of the zip does not take its place.</param>
    private static Submission WithSource(Submission submission, byte[] source, string name, List<SubmittedFile> files)
    {
        IEnumerable<SubmittedFile> beside = files.Where(file => file.Path != name);
        return Utf8Text(source) is { } code
            ? submission with { Code = code, Files = beside.Any() ? [.. beside] : null }
            : submission with { Files = [new SubmittedFile(name, Convert.ToBase64String(source), "base64"), .. beside], Entry = name };
    }

    // A number, or a text of one: forms send those.
    private static int? LanguageId(JsonFields fields, FieldErrors errors)
    {
        long? id = fields.IsText("language_id") ? int.TryParse(fields.Text("language_id"), out int number) ? number : -1 : fields.Integer("language_id");
        if (id is null && !fields.Has("language_id"))
        {
            errors.Add("language_id", "can't be blank");
        }

        return (int?)id;
    }

    private static byte[]? Bytes(JsonFields fields, string name, bool base64, FieldErrors errors)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        if (!base64)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        string padded = text.TrimEnd() is { } trimmed && trimmed.Count(c => !char.IsWhiteSpace(c)) % 4 is var rest and > 1 ? trimmed + new string('=', 4 - rest) : text; // as lenient as there
        byte[] bytes = new byte[padded.Length];
        if (Convert.TryFromBase64String(padded, bytes, out int length))
        {
            return bytes[..length];
        }

        errors.Add(name, "is not valid Base64");
        return null;
    }

    private static string? Text(byte[] bytes, string name, FieldErrors errors)
    {
        string? text = Utf8Text(bytes);
        if (text is null)
        {
            errors.Add(name, "must be UTF-8 text; send other bytes as one of the additional_files");
        }

        return text;
    }

    private static string? Utf8Text(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    private static IReadOnlyList<string>? Words(JsonFields fields, string name, FieldErrors errors)
    {
        string? line = fields.Text(name);
        if (line?.Length > LongestOptions)
        {
            errors.Add(name, $"is too long (maximum is {LongestOptions} characters)");
        }

        return string.IsNullOrWhiteSpace(line) ? null : CommandWords.Of(line);
    }

    private async Task<List<SubmittedFile>> FilesAsync(JsonFields fields, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (Bytes(fields, "additional_files", base64: true, errors) is not { Length: > 0 } zip)
        {
            return [];
        }

        try
        {
            SafeArchive archive = await SafeArchive.ReadAsync(new MemoryStream(zip, writable: false), grading.Value, cancellationToken);
            return [.. archive.Paths.Select(path => new SubmittedFile(archive.Folder + path, Convert.ToBase64String(archive.Find(path)!), "base64"))];
        }
        catch (ArchiveRefusedException e)
        {
            errors.Add("additional_files", e.Message);
            return [];
        }
    }

    // True, or a text of it: forms send those.
    private static bool Flag(JsonFields fields, string name) => fields.IsText(name) ? fields.Text(name) is "true" or "1" : fields.Flag(name) == true;

    /// <summary>What is left out is Judge0's for times, and the language's own for the rest.</summary>
    private SubmittedLimits Limits(JsonFields fields, FieldErrors errors)
    {
        SubmissionCeilings most = ceilings.Value;
        return new SubmittedLimits
        {
            CpuTimeMs = Milliseconds(Judge0Numbers.Read(fields, "cpu_time_limit", 0, most.CpuTimeMs / 1000.0, errors), Judge0Configuration.CpuSeconds, most.CpuTimeMs),
            WallTimeMs = Milliseconds(Judge0Numbers.Read(fields, "wall_time_limit", 1, most.WallTimeMs / 1000.0, errors), Judge0Configuration.WallSeconds, most.WallTimeMs),
            MemoryMb = Judge0Numbers.Read(fields, "memory_limit", LeastMemoryKb, (double)most.MemoryMb * KbPerMb, errors) is { } kb ? (long)Math.Ceiling(kb / KbPerMb) : null,
            Processes = (long?)Judge0Numbers.Positive(fields, "max_processes_and_or_threads", most.Processes, errors),
            StackKb = (long?)Judge0Numbers.Read(fields, "stack_limit", 0, most.StackKb ?? most.MemoryMb * KbPerMb, errors),
            FileSizeKb = (long?)Judge0Numbers.Read(fields, "max_file_size", 0, most.FileSizeKb ?? most.WorkspaceMb * KbPerMb, errors),
            GraceMs = (long?)(Judge0Numbers.Read(fields, "cpu_extra_time", 0, most.GraceMs / 1000.0, errors) * 1000),
        };
    }

    private static long Milliseconds(double? seconds, double otherwise, long most)
        => (long)Math.Ceiling(Math.Max(0.001, seconds ?? Math.Min(otherwise, most / 1000.0)) * 1000);
}

/// <param name="Expected">What is compared with, as it was sent.</param>
internal sealed record Judge0Request(Submission Submission, byte[]? Expected);
