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
        XElement testset = Testset(judging) ?? throw new ArchiveRefusedException("problem.xml has no testset.");
        XElement? interactor = problem.Element("assets")?.Element("interactor");
        if (interactor?.Element("runs")?.Elements("run").Count() > 1)
        {
            throw new ArchiveRefusedException("The problem runs each program twice, which this server does not.");
        }

        List<SubmittedTest> tests = PolygonTests.Read(archive, testset, hidden);
        return new ProblemDraft
        {
            Title = (string?)problem.Element("names")?.Elements("name").OrderByDescending(name => (string?)name.Attribute("language") == "english").FirstOrDefault()?.Attribute("value"),
            Limits = Limits(testset),
            Authoring = PolygonAuthoring.Read(archive, problem, tests.Select(test => test.Generate?.Generator).OfType<string>().ToHashSet(StringComparer.Ordinal)),
            Suite = new SubmittedSuite
            {
                Tests = tests,
                Groups = Groups(testset),
                InputFile = interactor is null ? FileOf(judging, "input-file") : null,
                OutputFile = interactor is null ? FileOf(judging, "output-file") : null,
                Checker = Checker(archive, problem.Element("assets")?.Element("checker")),
                Interactor = interactor is null ? null : PolygonAuthoring.Program(archive, interactor),
            },
        };
    }

    /// <summary>Beside the tests there may be pretests and the like, which are some of them.</summary>
    private static XElement? Testset(XElement? judging)
        => judging?.Elements("testset").OrderByDescending(set => (string?)set.Attribute("name") == "tests").ThenByDescending(set => set.Element("tests")?.Elements("test").Count() ?? 0).FirstOrDefault();

    // Of programs that use freopen; most leave it empty.
    private static string? FileOf(XElement? judging, string attribute) => (string?)judging?.Attribute(attribute) is { Length: > 0 } name && name is not ("stdin" or "stdout") ? name : null;

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

    /// <summary>Those of testlib are ours under other names.</summary>
    private static SubmittedChecker? Checker(SafeArchive archive, XElement? checker)
        => TestlibCheckers.Find((string?)checker?.Attribute("name"))
            ?? (checker?.Element("source") is null ? null : new SubmittedChecker { Type = "program", Program = PolygonAuthoring.Program(archive, checker) });

    public static decimal? Number(string? text)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    public static string? Name(string? name) => name is null ? null : string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
}
