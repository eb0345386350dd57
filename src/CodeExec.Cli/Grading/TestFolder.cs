using System.Text;
using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>Tests in a folder of the user's: 1.in beside 1.out (or .ans, .a), input1.txt beside output1.txt.</summary>
internal static class TestFolder
{
    private static readonly string[] AnswerEndings = [".out", ".ans", ".a", ".sol"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UsageException">There are none, or one has no answer.</exception>
    public static async Task<IReadOnlyList<TestCase>> ReadAsync(string folder, CliHost host, CancellationToken cancellationToken)
    {
        string path = host.PathOf(folder);
        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is no folder '{folder}' with tests.");
        }

        List<TestCase> tests = [];
        foreach ((string id, string input, string answer) in Pairs(path).OrderBy(pair => Counted(pair.Id), StringComparer.Ordinal))
        {
            tests.Add(Test(id, await File.ReadAllBytesAsync(input, cancellationToken), await File.ReadAllBytesAsync(answer, cancellationToken)));
        }

        return tests.Count > 0 ? tests : throw new UsageException($"'{folder}' has no pairs of inputs and answers such as 1.in with 1.out, or input1.txt with output1.txt.");
    }

    private static IEnumerable<(string Id, string Input, string Answer)> Pairs(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            string name = Path.GetFileName(file), stem = Path.GetFileNameWithoutExtension(file);
            string? answer = Path.GetExtension(file) == ".in" ? AnswerEndings.Select(ending => Path.Combine(folder, stem + ending)).FirstOrDefault(File.Exists)
                : name.Contains("input", StringComparison.Ordinal) && Path.Combine(folder, name.Replace("input", "output", StringComparison.Ordinal)) is { } other && File.Exists(other) ? other
                : null;
            if (answer is not null)
            {
                string id = stem.Replace("input", "", StringComparison.Ordinal).Trim('-', '_', '.');
                yield return (id.Length > 0 ? id : stem, file, answer);
            }
            else if (Path.GetExtension(file) == ".in")
            {
                throw new UsageException($"'{name}' has no answer beside it: {stem}.out (or .ans, .a, .sol).");
            }
        }
    }

    // Both as text where both are, else both as they are.
    private static TestCase Test(string id, byte[] input, byte[] answer)
    {
        try
        {
            return new TestCase { Id = id, Stdin = Strict.GetString(input), Expected = Strict.GetString(answer) };
        }
        catch (DecoderFallbackException)
        {
            return new TestCase { Id = id, Stdin = Convert.ToBase64String(input), Expected = Convert.ToBase64String(answer), Encoding = "base64" };
        }
    }

    /// <summary>2 before 10.</summary>
    private static string Counted(string id) => string.Concat(id.Split(id.Where(c => !char.IsAsciiDigit(c)).Distinct().ToArray()).Select(part => part.PadLeft(12, '0'))) + id;
}
