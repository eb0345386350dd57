using System.Xml.Linq;

namespace CodeExec.House.Tests;

/// <summary>The working tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", ".vs", ".idea", "artifacts", "bin", "obj", "data", "node_modules", "TestResults", "wwwroot"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root of all files that are ours and not made by a build.</summary>
    public static IReadOnlyList<string> Files { get; } = FilesIn(Root).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal).ToArray();

    public static IEnumerable<string> Projects => Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static IEnumerable<string> SourceProjects => Projects.Where(file => file.StartsWith("src/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static XDocument ReadXml(string file) => XDocument.Load(Path.Combine(Root, file));

    private static IEnumerable<string> FilesIn(string folder)
        => Directory.EnumerateFiles(folder)
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(FilesIn));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"There is no CodeExec.sln above {AppContext.BaseDirectory}.");
    }
}
