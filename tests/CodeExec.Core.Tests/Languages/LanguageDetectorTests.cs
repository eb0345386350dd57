using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

public class LanguageDetectorTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Fact]
    public async Task DetectAsync_SomeToolchains_TellsVersionsAndWhatToInstall()
    {
        FakeProbe probe = new()
        {
            ["python3 --version"] = "Python 3.11.2\n",
            ["g++ -dumpfullversion"] = "12.2.0\n",
            ["javac --version"] = "javac 17.0.21\n",
            ["go version"] = "something else\n",
        };

        InstalledLanguages found = await new LanguageDetector(probe).DetectAsync(Catalog, CancellationToken.None);

        Assert.Equal(["cpp 12.2.0", "java 17.0.21", "python 3.11.2"], found.Installed.Select(each => $"{each.Language.Id} {each.ToolchainVersion}"));
        Assert.Equal("apt-get install -y golang-go gcc libc6-dev", found.Find("go")!.InstallHint);
        Assert.Equal(["3.11.2"], found.Find("python")!.Versions.Select(version => version.Id));
        Assert.Equal("c++17", found.Find("cpp")!.Versions[0].Id);
        Assert.Empty(found.Find("bash")!.Versions);
        Assert.Null(found.Find("bash")!.FindVersion(null));
    }

    [Theory]
    [InlineData("python", "Python 3.12.0rc1", "3.12.0")]
    [InlineData("javascript", "v20.20.2\n", "20.20.2")]
    [InlineData("typescript", "Version 4.8.4\n", "4.8.4")]
    [InlineData("go", "go version go1.19.8 linux/amd64\n", "1.19.8")]
    [InlineData("go", "go version go1.22 linux/amd64\n", "1.22")]
    [InlineData("java", "javac 21\n", "21")]
    [InlineData("bash", "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n", "5.2.15")]
    [InlineData("c", "12.2.0\n", "12.2.0")]
    [InlineData("python", "command not found", null)]
    public void ReadVersion_WhatAToolchainSays_IsItsVersion(string id, string output, string? expected)
        => Assert.Equal(expected, Catalog.Find(id)!.Detection.ReadVersion(output));

    [Fact]
    public async Task RunAsync_ACommandThatIsThere_GivesItsOutputAndNotOurEnvironment()
    {
        Environment.SetEnvironmentVariable("CODEEXEC_TEST_CANARY", "bird");

        string? output = await new ProcessToolchainProbe(TimeProvider.System).RunAsync(["env"], CancellationToken.None);

        Assert.Contains("PATH=/usr/local/bin:/usr/bin:/bin", output!, StringComparison.Ordinal);
        Assert.DoesNotContain("bird", output!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("codeexec-no-such-program")]
    [InlineData("/no/such/program")]
    [InlineData("false")]
    [InlineData("/etc/passwd")]
    public async Task RunAsync_ACommandThatIsMissingOrFails_GivesNothing(string command)
        => Assert.Null(await new ProcessToolchainProbe(TimeProvider.System).RunAsync([command], CancellationToken.None));

    private sealed class FakeProbe : Dictionary<string, string>, IToolchainProbe
    {
        public Task<string?> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
            => Task.FromResult(this.GetValueOrDefault(string.Join(' ', command)));
    }
}
