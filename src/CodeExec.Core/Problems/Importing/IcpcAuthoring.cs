using System.Text.RegularExpressions;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Importing;

/// <summary>What an ICPC package has for its author: input validators, and submissions in folders that say what they come to.</summary>
internal static partial class IcpcAuthoring
{
    private const string Submissions = "submissions/";

    /// <summary>The first one since version 2023-07 of the format, the last one before it was called so.</summary>
    private static readonly string[] ValidatorFolders = ["input_validators/", "input_validator/", "input_format_validators/"];

    /// <returns>Null if there is nothing of the kind.</returns>
    public static SubmittedAuthoring? Read(SafeArchive archive)
    {
        List<SubmittedTool> validators =
        [
            .. ValidatorFolders.SelectMany(folder => PackageSource.In(archive, folder))
                .Select(one => new SubmittedTool(PackageSource.Name(one.Name), one.Program with { Protocol = "icpc" }, Optional: true)),
        ];
        List<SubmittedSolution> solutions = [.. Folders(archive).SelectMany(folder => Solutions(archive, folder))];
        return validators.Count + solutions.Count == 0 ? null : new SubmittedAuthoring { Validators = validators, Solutions = solutions };
    }

    private static IEnumerable<string> Folders(SafeArchive archive)
        => archive.Paths.Where(path => path.StartsWith(Submissions, StringComparison.Ordinal))
            .Select(path => path[Submissions.Length..].Split('/'))
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0])
            .Distinct(StringComparer.Ordinal);

    // In a folder of another name ("mixed") a source says itself what is expected, as DOMjudge has it.
    private static IEnumerable<SubmittedSolution> Solutions(SafeArchive archive, string folder)
    {
        foreach ((string name, Grading.Submitting.SubmittedProgram program) in PackageSource.In(archive, $"{Submissions}{folder}/"))
        {
            IReadOnlyList<string>? said = program.Files?.Select(file => Said(file.Content ?? "")).FirstOrDefault(one => one is not null);
            IReadOnlyList<string> expect = said is not null && Promise.TryRead(said, out _) ? said : [folder];
            if (Promise.TryRead(expect, out _))
            {
                yield return new SubmittedSolution(PackageSource.Name($"{folder}/{name}"), program, expect, Optional: true);
            }
        }
    }

    private static string[]? Said(string source)
        => ExpectedResults().Match(source) is { Success: true } match ? match.Groups["results"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;

    [GeneratedRegex(@"@EXPECTED_RESULTS@:\s*(?<results>[A-Za-z, _-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex ExpectedResults();
}
