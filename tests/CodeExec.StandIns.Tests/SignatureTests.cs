using System.Reflection;

namespace CodeExec.StandIns.Tests;

/// <summary>
/// What each stand-in offers is listed in eng/standins/signatures, looked up in the official package line by line. A stand-in that offers anything else would let
/// code pass here that does not compile where the official package is.
/// </summary>
public class SignatureTests
{
    private static readonly string Folder = Path.Combine(FindRoot(), "eng", "standins");

    public static TheoryData<string> StandIns => [.. Ids];

    /// <summary>Of those with an assembly of their own.</summary>
    private static IEnumerable<string> Ids
        => Directory.GetFiles(Folder, "*.csproj", SearchOption.AllDirectories)
            .Where(project => !project.Contains("/artifacts/", StringComparison.Ordinal) && !File.ReadAllText(project).Contains("<IncludeBuildOutput>false", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal);

    [SkippableTheory]
    [MemberData(nameof(StandIns))]
    public void PublicSurface_OfAStandIn_IsWhatTheListSays(string id)
    {
        Assembly assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, id + ".dll"));
        string? company = assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company;
        Skip.If(company?.Contains("Microsoft", StringComparison.Ordinal) == true && company != id, $"{id} is the official package here: its stand-in was not taken.");
        string list = Path.Combine(Folder, "signatures", id + ".txt");
        IReadOnlyList<string> actual = PublicSurface.Of(assembly);
        if (Environment.GetEnvironmentVariable("CODEEXEC_WRITE_SIGNATURES") is not null)
        {
            File.WriteAllLines(list, actual);
        }

        Assert.Equal(File.ReadAllLines(list), actual);
    }

    [Fact]
    public void Lists_OfAllStandIns_BelongToOne()
        => Assert.Equal(
            Ids,
            Directory.GetFiles(Path.Combine(Folder, "signatures")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Versions_OfAllStandIns_AreThoseOfThePackagesTheyStandFor()
    {
        string central = File.ReadAllText(Path.Combine(Folder, "..", "..", "Directory.Packages.props"));
        foreach (string project in Directory.GetFiles(Folder, "*.csproj", SearchOption.AllDirectories).Where(project => !project.Contains("/artifacts/", StringComparison.Ordinal)))
        {
            string id = Path.GetFileNameWithoutExtension(project);
            string official = File.ReadAllText(project).Split("<OfficialVersion>")[1].Split('<')[0];
            if (central.Contains($"\"{id}\"", StringComparison.Ordinal))
            {
                Assert.Contains($"Include=\"{id}\" Version=\"{official}\"", central, StringComparison.Ordinal);
            }
        }
    }

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
