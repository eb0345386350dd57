using System.Xml.Linq;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Importing;

/// <summary>What a Polygon package has for its author: validators, generators, and solutions with their tags.</summary>
internal static class PolygonAuthoring
{
    private const string Main = "main";

    /// <param name="called">The generators that its tests are made by.</param>
    /// <returns>Null if there is nothing of the kind.</returns>
    public static SubmittedAuthoring? Read(SafeArchive archive, XElement problem, IReadOnlySet<string> called)
    {
        XElement? assets = problem.Element("assets");
        IEnumerable<XElement> validators = [.. assets?.Element("validators")?.Elements("validator") ?? [], .. assets?.Elements("validator") ?? []];
        SubmittedAuthoring authoring = new()
        {
            Validators = Tools(archive, validators),
            Generators = Tools(archive, Executables(problem).Where(one => HasSource(one) && called.Contains(PolygonCommand.NameOf(PathOf(one))))),
            Solutions =
            [
                .. (assets?.Element("solutions")?.Elements("solution") ?? []).Where(one => IsThere(archive, one)).Select(one => Solution(archive, one)).OfType<SubmittedSolution>()
                    .DistinctBy(one => one.Name, StringComparer.Ordinal),
            ],
        };
        return authoring is { Validators.Count: 0, Generators.Count: 0, Solutions.Count: 0 } ? null : authoring;
    }

    /// <param name="asset">With a source that problem.xml names.</param>
    public static SubmittedProgram Program(SafeArchive archive, XElement asset)
    {
        if (!HasSource(asset))
        {
            throw new ArchiveRefusedException("problem.xml names a program without its source.");
        }

        string path = PathOf(asset), code = archive.Text(path) ?? throw new ArchiveRefusedException($"The package has no {path}, which problem.xml names.");
        string type = (string?)asset.Element("source")!.Attribute("type") ?? "";
        string language = type.StartsWith("cpp", StringComparison.Ordinal) ? "cpp"
            : type.StartsWith("python", StringComparison.Ordinal) ? "python"
            : type.StartsWith("java", StringComparison.Ordinal) ? "java"
            : type.Length > 0 ? type.Split('.')[0] : PackageSource.LanguageOf(path) ?? "";
        return new SubmittedProgram { Language = language, Code = code, Files = language == "cpp" ? Headers(archive) : null };
    }

    // testlib.h, and what authors put beside it.
    private static List<SubmittedFile>? Headers(SafeArchive archive)
    {
        List<SubmittedFile> headers =
        [
            .. archive.Paths.Where(path => path.StartsWith("files/", StringComparison.Ordinal) && path.LastIndexOf('/') == 5 && Path.GetExtension(path) is ".h" or ".hpp")
                .Select(path => new SubmittedFile(Path.GetFileName(path), archive.Text(path))),
        ];
        return headers.Count > 0 ? headers : null;
    }

    private static IEnumerable<XElement> Executables(XElement problem) => problem.Element("files")?.Element("executables")?.Elements("executable") ?? [];

    private static List<SubmittedTool> Tools(SafeArchive archive, IEnumerable<XElement> assets)
        =>
        [
            .. assets.Where(one => IsThere(archive, one))
                .Select(one => new SubmittedTool(PolygonCommand.NameOf(PathOf(one)), Program(archive, one), Optional: true))
                .DistinctBy(tool => tool.Name, StringComparer.Ordinal),
        ];

    /// <returns>Null for one whose tag says nothing of what it comes to.</returns>
    private static SubmittedSolution? Solution(SafeArchive archive, XElement solution)
    {
        string tag = (string?)solution.Attribute("tag") ?? "accepted", path = PathOf(solution);
        string name = PackageSource.Name(path.StartsWith("solutions/", StringComparison.Ordinal) ? path["solutions/".Length..] : path);
        return Promise.TryRead([tag], out _) ? new SubmittedSolution(name, Program(archive, solution), [tag == Main ? "accepted" : tag], tag == Main, Optional: true) : null;
    }

    private static bool HasSource(XElement asset) => asset.Element("source")?.Attribute("path") is not null;

    private static bool IsThere(SafeArchive archive, XElement asset) => HasSource(asset) && archive.Find(PathOf(asset)) is not null;

    private static string PathOf(XElement asset) => (string)asset.Element("source")!.Attribute("path")!;
}
