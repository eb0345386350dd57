using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages;
using CodeExec.Core.Problems.Importing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CodeExec.Api.Grading;

/// <summary>Batches as JSON, as lines of JSON, and as zips.</summary>
internal sealed class BatchReader(LanguageCatalog languages)
{
    private const int LongestLine = 8 << 20, MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly HashSet<string> DraftMembers = ["name", "problem", "priority", "concurrency", "force", "labels", "callback"];

    private static readonly HashSet<string> WholeMembers = [.. DraftMembers, "submissions"];

    private static readonly HashSet<string> ProblemMembers = ["id", "version"];

    private static readonly HashSet<string> SubmissionMembers = ["id", .. SubmissionReader.Members];

    public static bool IsLines(HttpRequest request)
        => request.ContentType is { } type && (type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase));

    /// <summary>One object with all of it.</summary>
    public static (BatchDraft Draft, IReadOnlyList<BatchSubmission> Submissions) ReadWhole(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, WholeMembers);
        BatchDraft draft = Draft(fields);
        List<BatchSubmission> submissions = [.. (fields.Objects("submissions", SubmissionMembers) ?? []).Select(Submission)];
        errors.ThrowIfAny();
        return (draft, submissions);
    }

    public static Submission ReadSubmission(JsonElement body)
    {
        FieldErrors errors = new();
        Submission submission = SubmissionReader.Read(new JsonFields(body, "", errors, SubmissionReader.Members));
        errors.ThrowIfAny();
        return submission;
    }

    /// <summary>Where the body has submissions only, the rest stands in the query.</summary>
    public static BatchDraft DraftOf(HttpRequest request)
    {
        FieldErrors errors = new();
        QueryReader query = new(request, errors);
        string? version = query.Text("version"), concurrency = query.Text("concurrency"), force = query.Text("force");
        BatchDraft draft = new()
        {
            Name = query.Text("name"),
            Problem = query.Text("problem") is { } problem ? new SubmittedProblem(problem, version is null ? null : Whole("version", version, errors)) : null,
            Priority = query.Text("priority"),
            Concurrency = concurrency is null ? null : Whole("concurrency", concurrency, errors),
            Force = force is null ? null : force == "true",
        };
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>One submission a line, as they come.</summary>
    public static async IAsyncEnumerable<BatchSubmission> ReadLinesAsync(HttpContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // the lines are bounded, and so is their number
        }

        PipeReader body = context.Request.BodyReader;
        int number = 0;
        while (true)
        {
            ReadResult read = await body.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (Line(line, ++number) is { } submission)
                {
                    yield return submission;
                }
            }

            if (read.IsCompleted)
            {
                if (Line(buffer, ++number) is { } last)
                {
                    yield return last;
                }

                body.AdvanceTo(buffer.End);
                yield break;
            }

            if (buffer.Length > LongestLine)
            {
                throw new BatchRefusedException($"Line {number + 1} is longer than {LongestLine} bytes.");
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>A folder for each submission, or a file for each: what it is called tells the language.</summary>
    public IEnumerable<BatchSubmission> ReadArchive(SafeArchive archive)
    {
        foreach (IGrouping<string, string> one in archive.Paths.GroupBy(path => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : path, StringComparer.Ordinal))
        {
            bool single = one.Count() == 1 && one.First() == one.Key;
            List<SubmittedFile> files = [.. one.Select(path => new SubmittedFile(single ? path : path[(one.Key.Length + 1)..], Convert.ToBase64String(archive.Find(path)!), "base64"))];
            string? language = files.Select(file => LanguageOf(file.Path!)).FirstOrDefault(found => found is not null);
            if (language is null)
            {
                throw new BatchRefusedException($"The archive's {one.Key} has no file of a language that is known here.");
            }

            yield return new BatchSubmission(single ? Path.GetFileNameWithoutExtension(one.Key) : one.Key, new Submission { Language = language, Files = files });
        }
    }

    private string? LanguageOf(string path) => languages.All.FirstOrDefault(language => language.HasExtension(path))?.Id;

    private static BatchSubmission? Line(ReadOnlySequence<byte> line, int number)
    {
        if (line.IsEmpty || string.IsNullOrWhiteSpace(System.Text.Encoding.UTF8.GetString(line.Slice(0, Math.Min(16, line.Length)).ToArray())))
        {
            return null;
        }

        FieldErrors errors = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new BatchRefusedException($"Line {number} is not a JSON object.");
            }

            BatchSubmission submission = Submission(new JsonFields(document.RootElement, "", errors, SubmissionMembers));
            errors.ThrowIfAny();
            return submission;
        }
        catch (RequestRefusedException e)
        {
            throw new BatchRefusedException($"Line {number}: {string.Join("; ", (e.Problem.Errors ?? new Dictionary<string, string[]>()).Select(error => $"{error.Key}: {error.Value[0]}"))}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchRefusedException($"Line {number} is not JSON that can be read with one meaning.");
        }
    }

    private static BatchDraft Draft(JsonFields fields) => new()
    {
        Name = fields.Text("name"),
        Problem = fields.Object("problem", ProblemMembers) is { } problem ? new(problem.Text("id"), problem.Integer("version")) : null,
        Priority = fields.Text("priority"),
        Concurrency = fields.Integer("concurrency"),
        Force = fields.Flag("force"),
        Labels = fields.TextMap("labels"),
        Callback = SubmissionReader.Callback(fields),
    };

    private static BatchSubmission Submission(JsonFields fields) => new(fields.Text("id"), SubmissionReader.Read(fields));

    private static long? Whole(string name, string text, FieldErrors errors)
    {
        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        errors.Add(name, "Must be a whole number.");
        return null;
    }
}
