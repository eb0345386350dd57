using System.Text;
using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Problems.Importing;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Judge0;

/// <summary>Reads Judge0's submissions: what it does not know it passes over as Judge0 does, and what is wrong is said by attribute.</summary>
internal sealed class Judge0RequestReader(Judge0Languages languages, IOptions<SubmissionCeilings> ceilings, IOptions<GradingOptions> grading)
{
    private const double DefaultCpuSeconds = 5, DefaultWallSeconds = 10;
    private const int LongestOptions = 512, KbPerMb = 1024;

    // Judge0's is to run "compile" if there is one, then "run".
    private const string MultiFileScript = "if [ -f compile ]; then bash ./compile > .compile-output 2>&1 || { cat .compile-output >&2; exit 1; }; fi\nexec bash ./run\n";

    /// <exception cref="RequestRefusedException">With the messages by attribute.</exception>
    public async Task<Submission> ReadAsync(JsonElement body, bool base64, CancellationToken cancellationToken)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, known: null);
        int? id = LanguageId(fields, errors);
        DetectedLanguage? language = id is { } given ? languages.Find(given) : null;
        if (id is not null && language is null)
        {
            errors.Add("language_id", $"language with id {id} doesn't exist");
        }

        byte[]? source = Bytes(fields, "source_code", base64, errors), stdin = Bytes(fields, "stdin", base64, errors), expected = Bytes(fields, "expected_output", base64, errors);
        if ((source is null or []) != (id == Judge0Languages.MultiFile))
        {
            errors.Add("source_code", id == Judge0Languages.MultiFile ? "must be blank" : "can't be blank");
        }

        List<SubmittedFile> files = await FilesAsync(fields, errors, cancellationToken);
        if (id == Judge0Languages.MultiFile && files.Count == 0)
        {
            errors.Add("additional_files", "can't be blank");
        }

        Submission submission = new()
        {
            Language = language?.Language.Id,
            Stdin = stdin is null ? null : Text(stdin, "stdin", errors),
            Args = Words(fields, "command_line_arguments", errors),
            CompileArgs = Words(fields, "compiler_options", errors),
            Limits = Limits(fields, errors),
            Network = fields.Flag("enable_network") == true ? "full" : null,
            Callback = fields.Text("callback_url") is { Length: > 0 } url ? new SubmittedCallback(url, null) : null,
            Labels = Judge0Submission.Labels(id ?? 0, expected, fields.Flag("redirect_stderr_to_stdout") == true),
        };
        errors.ThrowIfAny();
        return id == Judge0Languages.MultiFile
            ? submission with { Code = MultiFileScript, Files = files, CompileArgs = null }
            : WithSource(submission, source!, language!, files);
    }

    private static Submission WithSource(Submission submission, byte[] source, DetectedLanguage language, List<SubmittedFile> files)
    {
        string name = language.Language.Entry.FileName;
        return Utf8Text(source) is { } code
            ? submission with { Code = code, Files = files.Count > 0 ? files : null }
            : submission with { Files = [new SubmittedFile(name, Convert.ToBase64String(source), "base64"), .. files], Entry = name };
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

        byte[] bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out int length))
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

    /// <summary>What is left out is Judge0's for times, and the language's own for the rest.</summary>
    private SubmittedLimits Limits(JsonFields fields, FieldErrors errors)
    {
        SubmissionCeilings most = ceilings.Value;
        return new SubmittedLimits
        {
            CpuTimeMs = Milliseconds(fields, "cpu_time_limit", DefaultCpuSeconds, most.CpuTimeMs, errors),
            WallTimeMs = Milliseconds(fields, "wall_time_limit", DefaultWallSeconds, most.WallTimeMs, errors),
            MemoryMb = Number(fields, "memory_limit", (double)most.MemoryMb * KbPerMb, errors) is { } kb ? (long)Math.Ceiling(kb / KbPerMb) : null,
            Processes = (long?)Number(fields, "max_processes_and_or_threads", most.Processes, errors),
            StackKb = (long?)Number(fields, "stack_limit", most.StackKb ?? most.MemoryMb * KbPerMb, errors),
            FileSizeKb = (long?)Number(fields, "max_file_size", most.FileSizeKb ?? most.WorkspaceMb * KbPerMb, errors),
            GraceMs = (long?)(Number(fields, "cpu_extra_time", most.GraceMs / 1000.0, errors) * 1000),
        };
    }

    private static long Milliseconds(JsonFields fields, string name, double otherwise, long most, FieldErrors errors)
        => (long)Math.Ceiling(Math.Max(0.001, Number(fields, name, most / 1000.0, errors) ?? Math.Min(otherwise, most / 1000.0)) * 1000);

    private static double? Number(JsonFields fields, string name, double most, FieldErrors errors)
    {
        double? number = fields.IsText(name) && double.TryParse(fields.Text(name), System.Globalization.CultureInfo.InvariantCulture, out double text) ? text : fields.Number(name);
        if (number < 0 || number > most)
        {
            errors.Add(name, number < 0 ? "must be greater than or equal to 0" : $"must be less than or equal to {most}");
        }

        return number;
    }
}
