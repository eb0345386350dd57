namespace CodeExec.House.Tests.Sources;

public class ProjectsTests
{
    /// <summary>Who may know whom: arrows point to Core and the protocol, adapters never see each other, only hosts see everything.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["CodeExec.Protocol"] = [],
        ["CodeExec.Linux"] = [],
        ["CodeExec.Sqlite"] = [],
        ["CodeExec.Core"] = ["CodeExec.Protocol"],
        ["CodeExec.Runner"] = ["CodeExec.Linux", "CodeExec.Protocol"],
        ["CodeExec.Sender"] = ["CodeExec.Linux", "CodeExec.Protocol"],
        ["CodeExec.Engine.Embedded"] = ["CodeExec.Core", "CodeExec.Sqlite"],
        ["CodeExec.Storage.Local"] = ["CodeExec.Core", "CodeExec.Sqlite"],
        ["CodeExec.Storage.Azure"] = ["CodeExec.Core"],
        ["CodeExec.Containers.Cells"] = ["CodeExec.Core", "CodeExec.Linux", "CodeExec.Protocol"],
        ["CodeExec.Reviews.Claude"] = ["CodeExec.Core"],
        ["CodeExec.Containers.Docker"] = ["CodeExec.Core", "CodeExec.Linux", "CodeExec.Protocol"],
        ["CodeExec.Containers.Aci"] = ["CodeExec.Core", "CodeExec.Linux", "CodeExec.Protocol"],
        ["CodeExec.Api"] = ["CodeExec.Core"],
        ["CodeExec.Push.SignalRService"] = ["CodeExec.Core"],
        ["CodeExec.Functions"] = ["CodeExec.Api", "CodeExec.Containers.Aci", "CodeExec.Containers.Cells", "CodeExec.Containers.Docker", "CodeExec.Core", "CodeExec.Push.SignalRService", "CodeExec.Reviews.Claude", "CodeExec.Storage.Azure", "CodeExec.Storage.Local"],
        ["CodeExec.Client"] = [],
        ["CodeExec.Cli"] = ["CodeExec.Client"],
        ["CodeExec.Server"] = ["CodeExec.Api", "CodeExec.Containers.Aci", "CodeExec.Containers.Cells", "CodeExec.Containers.Docker", "CodeExec.Core", "CodeExec.Engine.Embedded", "CodeExec.Push.SignalRService", "CodeExec.Reviews.Claude", "CodeExec.Sqlite", "CodeExec.Storage.Azure", "CodeExec.Storage.Local"],
    };

    public static TheoryData<string> SourceProjects => [.. Repository.SourceProjects];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void References_OfASourceProject_FollowTheArrows(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Arrows.TryGetValue(name, out string[]? allowed), $"{name} is new: say in {nameof(ProjectsTests)} which projects it may know, and draw it in docs/design.md.");

        Assert.Empty(ReferencesOf(project).Except(allowed!));
    }

    [Fact]
    public void Packages_OfCore_AreAbstractionsOnly()
        => Assert.All(
            Repository.ReadXml("src/CodeExec.Core/CodeExec.Core.csproj").Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!),
            package => Assert.True(package == "Microsoft.Extensions.Options" || (package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && package.EndsWith(".Abstractions", StringComparison.Ordinal)), package));

    [Fact]
    public void Solution_OfAllProjects_MissesNone()
    {
        string solution = Repository.Read("CodeExec.sln").Replace('\\', '/');

        Assert.All(Repository.Projects.Where(project => !project.StartsWith("eng/", StringComparison.Ordinal)), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void TestProjects_AllOfThem_AreFoundByTheTestScript()
        => Assert.All(
            Repository.Projects.Where(project => project.EndsWith("Tests.csproj", StringComparison.Ordinal)),
            project => Assert.Matches(@"^tests/(?<name>[\w.]+\.Tests)/\k<name>\.csproj$", project));

    private static IEnumerable<string> ReferencesOf(string project)
        => Repository.ReadXml(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
