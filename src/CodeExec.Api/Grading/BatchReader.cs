using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Grading;

/// <summary>Batches as JSON: their shape only.</summary>
internal static class BatchReader
{
    public static readonly HashSet<string> DraftMembers = ["name", "problem", "limits", "priority", "concurrency", "force", "labels", "callback", "startAt", "delayMs", .. SuiteReader.Members];

    public static readonly HashSet<string> SubmissionMembers = ["id", .. SubmissionReader.Members];

    public static readonly HashSet<string> WholeMembers = [.. DraftMembers, "submissions"];

    private static readonly HashSet<string> ProblemMembers = ["id", "version"];

    /// <summary>One object with all of it.</summary>
    public static (BatchDraft Draft, IReadOnlyList<BatchSubmission> Submissions) ReadWhole(JsonElement body)
    {
        FieldErrors errors = new();
        (BatchDraft, IReadOnlyList<BatchSubmission>) whole = ReadWhole(new JsonFields(body, "", errors, WholeMembers));
        errors.ThrowIfAny();
        return whole;
    }

    /// <summary>The same as a part of something. What is wrong stands in the errors that the fields were made with.</summary>
    public static (BatchDraft Draft, IReadOnlyList<BatchSubmission> Submissions) ReadWhole(JsonFields fields)
        => (Draft(fields), [.. (fields.Objects("submissions", SubmissionMembers) ?? []).Select(Submission)]);

    public static BatchDraft ReadDraft(JsonElement body)
    {
        FieldErrors errors = new();
        BatchDraft draft = Draft(new JsonFields(body, "", errors, DraftMembers));
        errors.ThrowIfAny();
        return draft;
    }

    public static Submission ReadSubmission(JsonElement body)
    {
        FieldErrors errors = new();
        Submission submission = SubmissionReader.Read(new JsonFields(body, "", errors, SubmissionReader.Members));
        errors.ThrowIfAny();
        return submission;
    }

    /// <summary>Where the body has submissions, what is short stands in the query.</summary>
    public static BatchDraft DraftOf(HttpRequest request)
    {
        FieldErrors errors = new();
        QueryReader query = new(request, errors);
        string? version = query.Text("version"), concurrency = query.Text("concurrency"), force = query.Text("force"), delay = query.Text("delayMs");
        IReadOnlyList<KeyValuePair<string, string>> labels = query.Labels("label");
        BatchDraft draft = new()
        {
            Name = query.Text("name"),
            Problem = query.Text("problem") is { } problem ? new SubmittedProblem(problem, version is null ? null : Whole("version", version, errors)) : null,
            Priority = query.Text("priority"),
            Concurrency = concurrency is null ? null : Whole("concurrency", concurrency, errors),
            Force = force is null ? null : Flag("force", force, errors),
            StartAt = query.Text("startAt")?.Replace(' ', '+'), // a '+' of an offset that was not escaped
            DelayMs = delay is null ? null : Whole("delayMs", delay, errors),
            Labels = labels.Count == 0 ? null : labels.DistinctBy(label => label.Key).ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        };
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>Null when left out.</summary>
    public static long? VersionOf(HttpRequest request)
    {
        FieldErrors errors = new();
        long? version = new QueryReader(request, errors).Text("version") is { } text ? Whole("version", text, errors) : null;
        errors.ThrowIfAny();
        return version;
    }

    /// <summary>What was said in two places: the first goes before the second.</summary>
    public static BatchDraft Join(BatchDraft first, BatchDraft second) => new()
    {
        Name = first.Name ?? second.Name,
        Problem = first.Problem ?? second.Problem,
        Suite = first.Suite ?? second.Suite,
        Limits = first.Limits ?? second.Limits,
        Priority = first.Priority ?? second.Priority,
        Concurrency = first.Concurrency ?? second.Concurrency,
        Force = first.Force ?? second.Force,
        Labels = first.Labels ?? second.Labels,
        Callback = first.Callback ?? second.Callback,
        StartAt = first.StartAt ?? (first.DelayMs is null ? second.StartAt : null),
        DelayMs = first.DelayMs ?? (first.StartAt is null ? second.DelayMs : null),
    };

    public static BatchDraft Draft(JsonFields fields) => new()
    {
        Name = fields.Text("name"),
        Problem = fields.Object("problem", ProblemMembers) is { } problem ? new(problem.Text("id"), problem.Integer("version")) : null,
        Suite = SuiteReader.Has(fields) ? SuiteReader.Read(fields) : null,
        Limits = Limits(fields),
        Priority = fields.Text("priority"),
        Concurrency = fields.Integer("concurrency"),
        Force = fields.Flag("force"),
        Labels = fields.TextMap("labels"),
        Callback = SubmissionReader.Callback(fields),
        StartAt = fields.Text("startAt"),
        DelayMs = fields.Integer("delayMs"),
    };

    public static BatchSubmission Submission(JsonFields fields) => new(fields.Text("id"), SubmissionReader.Read(fields));

    // As an execution has them, for all languages; or as a problem has them, by language.
    private static Dictionary<string, SubmittedLimits>? Limits(JsonFields fields)
        => fields.Object("limits", null) is not { } given ? null
            : given.Names.Any(SubmissionReader.LimitMembers.Contains) ? new() { [Problem.AnyLanguage] = SubmissionReader.Limits(fields, "limits") ?? new() }
            : ProblemReader.Limits(given);

    private static bool? Flag(string name, string text, FieldErrors errors)
    {
        if (bool.TryParse(text, out bool flag))
        {
            return flag;
        }

        errors.Add(name, "Must be true or false.");
        return null;
    }

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
