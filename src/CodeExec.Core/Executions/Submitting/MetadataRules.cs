using CodeExec.Core.Attempts;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>What stands beside a program: labels, and which of its files are kept.</summary>
internal static class MetadataRules
{
    private const int LongestName = 64, LongestValue = 256;

    public static void CheckLabels(IReadOnlyDictionary<string, string>? labels, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        if (labels?.Count > ceilings.Labels)
        {
            mistakes.Add("labels", $"There may be {ceilings.Labels} at most; these are {labels.Count}.");
            return;
        }

        foreach ((string name, string value) in labels ?? new Dictionary<string, string>())
        {
            if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/'))
            {
                mistakes.Add("labels", $"{Texts.Quote(name)} is no name for a label: 1 to {LongestName} letters, digits, '-', '_', '.' or '/'.");
            }
            else if (value.Length > LongestValue || value.Any(char.IsControl) || Texts.ToBytes(value) is null)
            {
                mistakes.Add($"labels.{name}", $"May have {LongestValue} characters at most, and no control characters.");
            }
        }
    }

    public static void CheckStudent(string? student, Mistakes mistakes)
    {
        if (student is not null && !StudentNames.IsValid(student))
        {
            mistakes.Add("student", StudentNames.Rule);
        }
    }

    public static void CheckArtifacts(IReadOnlyList<string>? patterns, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        if (patterns?.Count > ceilings.Artifacts)
        {
            mistakes.Add("artifacts", $"There may be {ceilings.Artifacts} patterns at most; these are {patterns.Count}.");
            return;
        }

        for (int i = 0; i < patterns?.Count; i++)
        {
            if (FilePaths.FindMistake(patterns[i]) is { } mistake)
            {
                mistakes.Add($"artifacts[{i}]", mistake);
            }
        }
    }
}
