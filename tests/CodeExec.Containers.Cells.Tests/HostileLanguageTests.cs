using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>The hostile table in cells. In several classes only so that they run side by side.</summary>
public abstract class HostileCells(CellsFixture cells) : HostileLanguageContract
{
    protected override IContainerProvider Provider => cells.Provider;

    protected override string Canary => cells.Canary;

    protected override string? Obstacle(string language) => cells.Problem ?? (File.Exists(CompilerOf(language)) ? null : $"{CompilerOf(language)} is not installed");

    protected override IReadOnlyList<string> Leftovers() => cells.Leftovers();

    private static string CompilerOf(string language) => language switch
    {
        "c" => "/usr/bin/gcc",
        "cpp" => "/usr/bin/g++",
        "go" => "/usr/bin/go",
        "java" => "/usr/bin/javac",
        "javascript" => "/usr/bin/node",
        "typescript" => "/usr/bin/tsc",
        _ => "/bin/bash",
    };
}

public sealed class HostileNativeTests(CellsFixture cells) : HostileCells(cells), IClassFixture<CellsFixture>
{
    public static TheoryData<string, string> Rows => RowsOf("c", "cpp", "go");

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public Task RunAsync_HostileProgram_IsContained(string language, string name) => IsContainedAsync(language, name);
}

public sealed class HostileManagedTests(CellsFixture cells) : HostileCells(cells), IClassFixture<CellsFixture>
{
    public static TheoryData<string, string> Rows => RowsOf("java", "javascript", "bash");

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public Task RunAsync_HostileProgram_IsContained(string language, string name) => IsContainedAsync(language, name);
}

public sealed class CompileBombTests(CellsFixture cells) : HostileCells(cells), IClassFixture<CellsFixture>
{
    public static TheoryData<string> Names => BombNames;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public Task RunAsync_CompileBomb_EndsInTheCompiler(string name) => BombIsContainedAsync(name);
}

public sealed class HostileTableTests
{
    [Fact]
    public void Absent_OfEveryLanguage_NamesClassesThatExistAndGivesAReason()
    {
        string[] classes = [.. HostilePrograms.All.Select(program => program.Name)];

        Assert.Equal(classes.Length, classes.Distinct().Count());
        foreach (HostileLanguage side in HostileLanguages.All)
        {
            Assert.All(side.Absent, absent => Assert.Contains(absent.Key, classes));
            Assert.All(side.Absent, absent => Assert.NotEmpty(absent.Value));
            Assert.All(side.Otherwise, other => Assert.Contains(other.Key, side.Classes));
        }
    }
}
