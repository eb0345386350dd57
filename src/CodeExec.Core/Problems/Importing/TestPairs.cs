using System.Globalization;
using System.Text.RegularExpressions;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>Finds inputs and their answers by the names that people give them.</summary>
internal static partial class TestPairs
{
    private static readonly string[] AnswerEndings = [".out", ".ans", ".a", ".sol", ".output", ".answer"];

    /// <summary>In the order in which people count: 2 before 10.</summary>
    public static IReadOnlyList<SubmittedTest> Find(SafeArchive archive, string folder, bool hidden)
        => [.. Paths(archive, folder, needAnswers: true)
            .Select(pair => pair.Test with { Hidden = hidden && !pair.Input.Contains("sample", StringComparison.OrdinalIgnoreCase) })];

    /// <summary>The same, with the paths of the inputs.</summary>
    /// <param name="needAnswers">False: a file that is called an input is one, also by itself.</param>
    public static IEnumerable<(string Input, SubmittedTest Test)> Paths(SafeArchive archive, string folder, bool needAnswers)
        => archive.Paths
            .Where(path => path.StartsWith(folder, StringComparison.Ordinal))
            .Select(path => (Input: path, Answer: AnswerOf(archive, path), Id: IdOf(path[folder.Length..])))
            .Where(pair => pair.Answer is not null || (!needAnswers && InputEnding().IsMatch(pair.Input)))
            .OrderBy(pair => Counted(pair.Id), StringComparer.Ordinal)
            .Select(pair => (pair.Input, new SubmittedTest
            {
                Id = pair.Id,
                Stdin = new SubmittedData(null, Bytes: archive.Find(pair.Input)),
                Expected = pair.Answer is { } answer ? new SubmittedData(null, Bytes: archive.Find(answer)) : null,
            }));

    private static string? AnswerOf(SafeArchive archive, string input)
        => Candidates(input).FirstOrDefault(candidate => candidate != input && archive.Find(candidate) is not null);

    private static IEnumerable<string> Candidates(string input)
    {
        int slash = input.LastIndexOf('/') + 1;
        string folder = input[..slash], name = input[slash..];
        Match ending = InputEnding().Match(name);
        if (ending.Success)
        {
            string stem = name[..ending.Index], after = ending.Groups["after"].Value;
            foreach (string answer in AnswerEndings)
            {
                yield return folder + stem + answer + after;
            }

            yield return folder + stem + ending.Value.Replace("in", "out", StringComparison.Ordinal);
        }

        if (InputWord().IsMatch(name))
        {
            yield return folder + InputWord().Replace(name, match => match.Value.StartsWith("input", StringComparison.OrdinalIgnoreCase) ? "output" : "out", 1);
        }

        if (InputFolder().IsMatch(folder))
        {
            string outputs = InputFolder().Replace(folder, match => match.Value.Contains("input", StringComparison.OrdinalIgnoreCase) ? match.Value.Replace("input", "output", StringComparison.OrdinalIgnoreCase) : "out/");
            yield return outputs + name;
            yield return outputs + InputWord().Replace(name, match => match.Value.StartsWith("input", StringComparison.OrdinalIgnoreCase) ? "output" : "out", 1);
            yield return outputs + Path.ChangeExtension(name, ".out");
        }

        if (name.All(char.IsAsciiDigit))
        {
            yield return input + ".a"; // as Polygon and acm.timus have it
        }
    }

    // What is left of a name without the words for input: what people call the test.
    private static string IdOf(string path)
    {
        string id = InputFolder().Replace(path, "");
        id = InputEnding().Replace(id, "");
        id = id.EndsWith(".txt", StringComparison.Ordinal) ? id[..^4] : id;
        string without = InputWord().Replace(id, "").Trim('-', '_', '.', '/');
        id = without.Length > 0 ? without : id;
        return string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' ? c : '_'));
    }

    private static string Counted(string id) => Digits().Replace(id, match => match.Value.TrimStart('0').PadLeft(18, '0').ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\.(in|inp|input)(?<after>\.txt)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InputEnding();

    [GeneratedRegex(@"(?<![a-z])(input|in)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InputWord();

    [GeneratedRegex(@"(?<=^|/)(inputs?|in)/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InputFolder();

    [GeneratedRegex(@"\d{1,18}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
