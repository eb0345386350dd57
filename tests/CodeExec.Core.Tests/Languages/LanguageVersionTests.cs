using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

public class LanguageVersionTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Theory]
    [InlineData("python", null, "3.11.2")]
    [InlineData("python", "", "3.11.2")]
    [InlineData("python", "*", "3.11.2")]
    [InlineData("python", "latest", "3.11.2")]
    [InlineData("python", "3", "3.11.2")]
    [InlineData("python", "3.11", "3.11.2")]
    [InlineData("python", "3.11.2", "3.11.2")]
    [InlineData("python", "3.x", "3.11.2")]
    [InlineData("python", "3.11.*", "3.11.2")]
    [InlineData("python", "3.1", null)]
    [InlineData("python", "2", null)]
    [InlineData("python", "3.11.2.0", null)]
    [InlineData("cpp", null, "c++17")]
    [InlineData("cpp", "c++20", "c++20")]
    [InlineData("cpp", "C++23", "c++23")]
    [InlineData("cpp", "20", "c++20")]
    [InlineData("cpp", "3.11", "c++17")]
    [InlineData("cpp", "98", null)]
    public void FindVersion_ARequest_MeansAVersionOrNone(string id, string? requested, string? expected)
        => Assert.Equal(expected, Catalog.Find(id)!.FindVersion(requested, "3.11.2")?.Id);
}
