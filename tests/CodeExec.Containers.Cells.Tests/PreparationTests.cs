using CodeExec.Containers.Cells.Preparation;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>What toolchains make ahead is there for the programs that come after, and a failure is nobody's but the preparation's.</summary>
public sealed class PreparationTests(CellsFixture cells) : IClassFixture<CellsFixture>, IDisposable
{
    private readonly PreparedFolder _folder = new();

    [SkippableFact]
    public async Task Want_CommandsMakeAFile_IsReadyAndNothingElseIsLeft()
    {
        PreparedToolchain made = await _folder.PrepareAsync(cells, new ToolchainPreparation([new SourceFile("seed", "7"u8.ToArray())], [["mkdir", "made"], ["cp", "seed", "made/out"]]));

        Assert.True(made.IsReady);
        Assert.Equal("7", File.ReadAllText(Path.Combine(made.Ready, "out")));
        Assert.Equal([made.Folder], Directory.GetFileSystemEntries(_folder.Name));
    }

    [SkippableTheory]
    [InlineData("false")]
    [InlineData("no-such-command")]
    [InlineData("true")] // makes nothing
    public async Task Want_CommandsFail_NothingIsReadyAndNothingIsLeft(string command)
    {
        PreparedToolchain made = await _folder.PrepareAsync(cells, new ToolchainPreparation([], [[command]]));

        Assert.False(made.IsReady);
        Assert.Equal([made.Folder], Directory.GetFileSystemEntries(_folder.Name));
    }

    [SkippableFact]
    public async Task For_AnotherVersionOfTheToolchain_HasAnotherFolder()
    {
        ToolchainPreparation preparation = new([], [["true"]]);
        await _folder.PrepareAsync(cells, preparation);

        Assert.NotEqual(_folder.Toolchains(preparation, "1.0").For("toy")!.Folder, _folder.Toolchains(preparation, "1.1").For("toy")!.Folder);
        Assert.Null(_folder.Toolchains(null, "1.0").For("toy"));
    }

    [SkippableFact]
    public async Task RunAsync_NoPlaceToKeepWhatIsMade_ProgramsAreCompiledWithout()
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        await using CellsFixture homeless = new(new CellsFixture.TestToolchains(PreparedCompilerTests.BuiltIn("cpp")), "/proc/nowhere");
        await using IContainer cell = await homeless.Provider.CreateAsync(CellsFixture.Plain with { Language = "cpp" }, CancellationToken.None);

        JobResult result = await cell.RunAsync(ContainerHarness.Python("print('made')"));

        Assert.Equal("made\n", result.Stdout);
    }

    public void Dispose() => _folder.Dispose();
}
