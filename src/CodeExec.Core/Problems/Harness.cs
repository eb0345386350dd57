using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Problems;

/// <summary>
/// The author's program around a submitter's part of it: files that are laid beside each submission, one of which is started and calls what the
/// submitter wrote. Both run together, so nothing secret may stand in it.
/// </summary>
/// <param name="Submission">Where code that is sent alone is laid: "solution.py".</param>
/// <param name="Entry">The file that is started.</param>
public sealed record Harness(string Submission, string Entry, IReadOnlyList<SubmittedFile> Files)
{
    /// <returns>The whole program.</returns>
    internal Submission Around(Submission submission, Mistakes mistakes)
    {
        if (submission.Entry is not null)
        {
            mistakes.Add("entry", "The problem says what is started; leave it away.");
        }

        IReadOnlyList<SubmittedFile> theirs = submission.Files ?? [];
        for (int i = 0; i < theirs.Count; i++)
        {
            if (Files.Any(file => file.Path == theirs[i].Path))
            {
                mistakes.Add($"files[{i}].path", "Is the problem's own file; call yours something else.");
            }
        }

        return submission with
        {
            Code = null,
            Entry = Entry,
            Files = [.. theirs, .. submission.Code is { } code ? [new SubmittedFile(Submission, code)] : Array.Empty<SubmittedFile>(), .. theirs.Count == 0 && submission.Code is null ? [] : Files],
        };
    }
}

/// <summary>As its author sends it: nothing in here has been checked.</summary>
public sealed record SubmittedHarness(string? Submission, string? Entry, IReadOnlyList<SubmittedFile>? Files);
