using System.Globalization;
using System.Xml.Linq;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>The tests of a Polygon package: files, or commands that make them.</summary>
internal static class PolygonTests
{
    public static List<SubmittedTest> Read(SafeArchive archive, XElement testset, bool hidden)
    {
        string inputs = testset.Element("input-path-pattern")?.Value ?? "tests/%02d", answers = testset.Element("answer-path-pattern")?.Value ?? "tests/%02d.a";
        Lazy<IReadOnlyDictionary<int, PolygonCommand>> script = new(() => PolygonScript.Read(archive)); // nobody minds a wrong one that nothing needs
        IReadOnlyList<XElement> described = [.. testset.Element("tests")?.Elements("test") ?? []];
        int count = described.Count > 0 ? described.Count : Count(testset, script);
        bool isWindows = IsWindows(archive, inputs, count);
        List<SubmittedTest> tests = [];
        for (int number = 1; number <= count; number++)
        {
            XElement? test = described.ElementAtOrDefault(number - 1);
            byte[]? input = archive.Find(Fill(inputs, number)), answer = archive.Find(Fill(answers, number));
            PolygonCommand? command = input is not null ? null : (test is null ? null : PolygonCommand.Of(test)) ?? script.Value.GetValueOrDefault(number);
            if (input is null && command is null)
            {
                throw new ArchiveRefusedException($"The package has no {Fill(inputs, number)}, and no command that makes it: build a full package, with the tests themselves.");
            }

            tests.Add(new SubmittedTest
            {
                Id = $"{number}",
                Stdin = input is null ? null : new SubmittedData(null, Bytes: isWindows ? WithoutReturns(input) : input),
                Generate = command is null ? null : new SubmittedRecipe(command.Generator, command.Args, Seed: null, command.File),
                Expected = answer is null ? null : new SubmittedData(null, Bytes: isWindows ? WithoutReturns(answer) : answer),
                Points = PolygonPackage.Number((string?)test?.Attribute("points")),
                Group = PolygonPackage.Name((string?)test?.Attribute("group")),
                Hidden = hidden && (string?)test?.Attribute("sample") != "true",
            });
        }

        return tests;
    }

    private static int Count(XElement testset, Lazy<IReadOnlyDictionary<int, PolygonCommand>> script)
        => PolygonCommand.TryNumber(testset.Element("test-count")?.Value ?? "", out int count) ? count : script.Value.Keys.DefaultIfEmpty().Max();

    // A package built for Windows has its line ends in all tests; programs here would trip over them.
    private static bool IsWindows(SafeArchive archive, string inputs, int count)
    {
        bool any = false;
        for (int number = 1; number <= count; number++)
        {
            byte[] input = archive.Find(Fill(inputs, number)) ?? [];
            int feeds = input.AsSpan().Count((byte)'\n');
            any |= feeds > 0;
            if (feeds != input.AsSpan().Count("\r\n"u8))
            {
                return false;
            }
        }

        return any;
    }

    private static byte[] WithoutReturns(byte[] text)
    {
        List<byte> kept = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\r' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                kept.Add(text[i]);
            }
        }

        return [.. kept];
    }

    /// <summary>As printf would: "tests/%02d".</summary>
    private static string Fill(string pattern, int number)
    {
        int percent = pattern.IndexOf('%', StringComparison.Ordinal), d = percent < 0 ? -1 : pattern.IndexOf('d', percent);
        if (d < 0 || !int.TryParse(pattern.AsSpan(percent + 1, d - percent - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int width))
        {
            width = 0;
        }

        return d < 0 ? pattern : pattern[..percent] + number.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Min(width, 9), '0') + pattern[(d + 1)..];
    }
}
