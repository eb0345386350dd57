using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Problems;

/// <summary>A harness is a program that lacks one file: with an empty one in its place it is checked like any.</summary>
internal sealed class HarnessRules(SubmissionValidator submissions, Mistakes mistakes)
{
    /// <summary>It stands in the problem's record.</summary>
    private const int MostCharacters = 32 * 1024;

    public Harness? Check(string language, SubmittedHarness harness)
    {
        string at = $"harness.{language}";
        if (harness.Submission is not { Length: > 0 } || harness.Files is not { Count: > 0 } files)
        {
            mistakes.Add(at, "Send the files, and as 'submission' the path at which code that is sent alone is laid.");
            return null;
        }

        if (files.Sum(file => file.Content?.Length ?? 0) > MostCharacters)
        {
            mistakes.Add(at + ".files", $"May have {MostCharacters} characters together at most.");
        }

        string entry = harness.Entry ?? files[0].Path ?? "";
        Submission whole = new() { Language = language, Entry = entry, Files = [.. files, new SubmittedFile(harness.Submission, "")] };
        submissions.TryValidate(whole, out _, out IReadOnlyDictionary<string, string[]> errors);
        foreach ((string field, string[] messages) in errors)
        {
            string own = field.StartsWith($"files[{files.Count}]", StringComparison.Ordinal) ? "submission" : field;
            foreach (string message in messages)
            {
                mistakes.Add($"{at}.{own}", message);
            }
        }

        return new Harness(harness.Submission, entry, files);
    }
}
