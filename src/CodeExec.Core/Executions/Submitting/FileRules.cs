using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Languages;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>The files of a submission: decoded, bounded, each at a place of its own, and one of them the entry.</summary>
internal static class FileRules
{
    /// <returns>Null if a mistake was noted.</returns>
    public static EntryChoice? Check(Submission submission, Language? language, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        IReadOnlyList<SubmittedFile> submitted = submission.Files ?? [];
        if (submitted.Count > ceilings.Files)
        {
            mistakes.Add("files", $"There may be {ceilings.Files} files at most; these are {submitted.Count}.");
            return null;
        }

        SourceFile?[] decoded = submitted.Select((file, index) => Decode(file, index, mistakes)).ToArray();
        bool entryIsGood = submission.Entry is null || IsGoodPath(submission.Entry, "entry", mistakes);
        if (submission.Code is null && submitted.Count == 0)
        {
            mistakes.Add("code", "Send the program as code, as files, or both.");
            return null;
        }

        if (submission.Code is { } code && Texts.ToBytes(code) is null)
        {
            mistakes.Add("code", Texts.NotText);
            return null;
        }

        if (language is null || !entryIsGood || decoded.Any(file => file is null))
        {
            return null;
        }

        EntryChoice choice = EntryChoice.Make(language, submission.Code, [.. decoded.OfType<SourceFile>()], submission.Entry);
        if (choice.Problem is { } problem)
        {
            mistakes.Add(choice.Field ?? "files", problem);
            return null;
        }

        long bytes = choice.Files.Sum(file => (long)file.Content.Length);
        if (bytes > ceilings.FileBytes)
        {
            mistakes.Add("files", $"All files together may have {ceilings.FileBytes} bytes at most; these have {bytes}.");
        }

        return FindClash(choice.Files, mistakes) || bytes > ceilings.FileBytes ? null : choice;
    }

    private static SourceFile? Decode(SubmittedFile file, int index, Mistakes mistakes)
    {
        string at = $"files[{index}]";
        bool goodPath = IsGoodPath(file.Path, at + ".path", mistakes);
        if (file.Content is null)
        {
            mistakes.Add(at + ".content", "Send the content; for an empty file send \"\".");
            return null;
        }

        byte[]? content = ContentRules.Decode(file.Content, file.Encoding, at + ".content", at + ".encoding", mistakes);
        return goodPath && content is not null ? new SourceFile(file.Path!, content) : null;
    }

    private static bool IsGoodPath(string? path, string field, Mistakes mistakes)
    {
        if (FilePaths.FindMistake(path) is not { } mistake)
        {
            return true;
        }

        mistakes.Add(field, mistake);
        return false;
    }

    /// <summary>Two files at one place, or one where another needs a folder.</summary>
    private static bool FindClash(IReadOnlyList<SourceFile> files, Mistakes mistakes)
    {
        HashSet<string> paths = new(StringComparer.Ordinal);
        foreach (SourceFile file in files)
        {
            if (!paths.Add(file.Path))
            {
                mistakes.Add("files", $"{Texts.Quote(file.Path)} stands there twice.");
                return true;
            }
        }

        foreach (SourceFile file in files)
        {
            for (int slash = file.Path.LastIndexOf('/'); slash > 0; slash = file.Path.LastIndexOf('/', slash - 1))
            {
                if (paths.Contains(file.Path[..slash]))
                {
                    mistakes.Add("files", $"{Texts.Quote(file.Path[..slash])} is a file and, for {Texts.Quote(file.Path)}, a folder.");
                    return true;
                }
            }
        }

        return false;
    }
}
