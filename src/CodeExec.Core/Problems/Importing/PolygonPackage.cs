using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>A package of Codeforces' Polygon: problem.xml, its tests with answers, groups and checker.</summary>
internal static class PolygonPackage
{
    public static ProblemDraft Read(SafeArchive archive, bool hidden)
    {
        XElement problem = Parse(archive.Find("problem.xml")!);
        XElement? judging = problem.Element("judging");
        XElement testset = judging?.Elements("testset").FirstOrDefault(set => (string?)set.Attribute("name") == "tests") ?? judging?.Element("testset")
            ?? throw new ArchiveRefusedException("problem.xml has no testset.");
        return new ProblemDraft
        {
            Title = (string?)problem.Element("names")?.Elements("name").OrderByDescending(name => (string?)name.Attribute("language") == "english").FirstOrDefault()?.Attribute("value"),
            Limits = Limits(testset),
            Authoring = PolygonAuthoring.Read(archive, problem, testset),
            Suite = new SubmittedSuite
            {
                Tests = Tests(archive, testset, hidden),
                Groups = Groups(testset),
                Checker = Checker(archive, problem.Element("assets")?.Element("checker")),
                Interactor = problem.Element("assets")?.Element("interactor") is { } interactor ? PolygonAuthoring.Program(archive, interactor) : null,
            },
        };
    }

    private static XElement Parse(byte[] xml)
    {
        try
        {
            // No document type: nothing is fetched, nothing expands.
            using XmlReader reader = XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            throw new ArchiveRefusedException($"problem.xml can not be read: look near line {e.LineNumber}.", e);
        }
    }

    private static Dictionary<string, SubmittedLimits>? Limits(XElement testset)
    {
        long? time = (long?)Number(testset.Element("time-limit")?.Value), memory = (long?)Number(testset.Element("memory-limit")?.Value);
        return time is null && memory is null ? null : new()
        {
            [Problem.AnyLanguage] = new SubmittedLimits { CpuTimeMs = time, WallTimeMs = time is { } ms ? (2 * ms) + 1000 : null, MemoryMb = memory is { } bytes ? Math.Max(16, bytes >> 20) : null },
        };
    }

    private static List<SubmittedTest> Tests(SafeArchive archive, XElement testset, bool hidden)
    {
        string inputs = testset.Element("input-path-pattern")?.Value ?? "tests/%02d", answers = testset.Element("answer-path-pattern")?.Value ?? "tests/%02d.a";
        IReadOnlyDictionary<int, PolygonCommand> script = PolygonScript.Read(archive);
        List<SubmittedTest> tests = [];
        foreach (XElement test in testset.Element("tests")?.Elements("test") ?? [])
        {
            int number = tests.Count + 1;
            byte[]? input = archive.Find(Fill(inputs, number));
            PolygonCommand? command = input is null ? PolygonCommand.Of(test) ?? script.GetValueOrDefault(number) : null;
            if (input is null && command is null)
            {
                throw new ArchiveRefusedException($"The package has no {Fill(inputs, number)}, and no command that makes it: build a full package, with the tests themselves.");
            }

            byte[]? answer = archive.Find(Fill(answers, number));
            tests.Add(new SubmittedTest
            {
                Id = $"{number}",
                Stdin = input is null ? null : new SubmittedData(null, Bytes: input),
                Generate = command is null ? null : new SubmittedRecipe(command.Generator, command.Args, Seed: null),
                Expected = answer is null ? null : new SubmittedData(null, Bytes: answer),
                Points = Number((string?)test.Attribute("points")),
                Group = Name((string?)test.Attribute("group")),
                Hidden = hidden && (string?)test.Attribute("sample") != "true",
            });
        }

        return tests;
    }

    private static List<SubmittedGroup>? Groups(XElement testset)
    {
        List<SubmittedGroup> groups = [.. (testset.Element("groups")?.Elements("group") ?? []).Select(group => new SubmittedGroup
        {
            Id = Name((string?)group.Attribute("name")),
            Points = Number((string?)group.Attribute("points")),
            Scoring = (string?)group.Attribute("points-policy") == "complete-group" ? "allOrNothing" : "sum",
            DependsOn = [.. (group.Element("dependencies")?.Elements("dependency") ?? []).Select(one => Name((string?)one.Attribute("group")) ?? "")],
        })];
        return groups.Count > 0 ? groups : null;
    }

    /// <summary>Polygon's standard checkers are ours under other names.</summary>
    private static SubmittedChecker? Checker(SafeArchive archive, XElement? checker) => (string?)checker?.Attribute("name") switch
    {
        "std::fcmp.cpp" => new SubmittedChecker { Type = "trimmed" },
        "std::lcmp.cpp" or "std::wcmp.cpp" or "std::ncmp.cpp" or "std::icmp.cpp" or "std::hcmp.cpp" or "std::uncmp.cpp" => new SubmittedChecker { Type = "tokens" },
        "std::yesno.cpp" or "std::nyesno.cpp" => new SubmittedChecker { Type = "caseInsensitive" },
        "std::rcmp.cpp" or "std::dcmp.cpp" => new SubmittedChecker { Type = "float", Absolute = 1.5e-6 },
        "std::rcmp4.cpp" => new SubmittedChecker { Type = "float", Absolute = 1e-4, Relative = 1e-4 },
        "std::rcmp6.cpp" => new SubmittedChecker { Type = "float", Absolute = 1e-6, Relative = 1e-6 },
        "std::rcmp9.cpp" => new SubmittedChecker { Type = "float", Absolute = 1e-9, Relative = 1e-9 },
        _ when checker?.Element("source") is not null => new SubmittedChecker { Type = "program", Program = PolygonAuthoring.Program(archive, checker) },
        _ => null,
    };

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

    private static decimal? Number(string? text)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static string? Name(string? name) => name is null ? null : string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
}
