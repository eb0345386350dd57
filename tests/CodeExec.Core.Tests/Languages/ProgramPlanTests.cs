using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

public class ProgramPlanTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Fact]
    public void For_Cpp_GivesSourcesSortedAndArgumentsWhole()
    {
        ProgramPlan plan = Plan("cpp", "c++20", ["z.cpp", "a b.cc", "x.h", "main.cpp"], "-DX=1 2", "-lm");

        Assert.Equal(["g++", "-O2", "-std=c++20", "a b.cc", "main.cpp", "z.cpp", "-DX=1 2", "-lm", "-o", "a.out"], plan.CompileCommand);
        Assert.Equal(["./a.out"], plan.RunCommand);
        Assert.Equal(["a.out"], plan.Keep);
    }

    [Fact]
    public void For_Java_TellsEachStepItsOwnMemory()
    {
        ProgramPlan plan = Plan("java", "17", ["Main.java"]);

        Assert.Contains("-J-XX:MaxRAM=1024m", plan.CompileCommand!);
        Assert.Contains("-Xmx512m", plan.RunCommand);
        Assert.Equal("Main", plan.RunCommand[^1]);
    }

    [Theory]
    [InlineData("java", 65_536, "-Xss65536k")]
    [InlineData("java", 64, "-Xss256k")] // less it does not take
    [InlineData("java", 4 << 20, "-Xss1048576k")] // nor more
    [InlineData("javascript", 65_536, "--stack-size=65280")]
    [InlineData("typescript", 128, "--stack-size=128")]
    [InlineData("python", 65_536, null)]
    public void For_AStackThatIsAskedFor_TellsARuntimeThatHasItsOwn(string language, int stackKb, string? argument)
    {
        Language known = Catalog.Find(language)!;
        EntryChoice choice = new([new SourceFile(known.Entry.FileName, [])], known.Entry.FileName);
        ExecutionSpec spec = SpecOf.Program(known, choice, "1");

        IReadOnlyList<string> told = ProgramPlan.For(known, spec with { Limits = spec.Limits with { StackKb = stackKb } }).RunCommand;

        Assert.Equal(argument is null ? [] : [argument], told.Except(ProgramPlan.For(known, spec).RunCommand));
    }

    [Fact]
    public void For_ALanguageWithSupportFiles_LaysThemBesideTheProgram()
        => Assert.Equal(["main.go", "go.mod"], Plan("go", "1", ["main.go"]).Files.Select(file => file.Path));

    [Fact]
    public void For_AProgramThatBringsASupportFile_KeepsTheProgramsOwn()
    {
        ProgramPlan plan = Plan("go", "1", ["main.go", "go.mod"]);

        Assert.Equal(["main.go", "go.mod"], plan.Files.Select(file => file.Path));
        Assert.Empty(plan.Files[1].Content);
    }

    [Fact]
    public void For_AnInterpretedLanguage_HasNothingToCompile()
    {
        ProgramPlan plan = Plan("python", "3", ["main.py"]);

        Assert.Null(plan.CompileCommand);
        Assert.Equal(["python3", "main.py"], plan.RunCommand);
        Assert.Equal(["HOME", "LANG", "PATH", "PYTHONDONTWRITEBYTECODE"], plan.RunEnvironment.Keys.Order());
    }

    [Theory]
    [InlineData("python", "A", true)]
    [InlineData("python", "PYTHONHASHSEED", false)]
    [InlineData("python", "TZ", false)]
    [InlineData("python", "TZX", true)]
    [InlineData("javascript", "NODE_OPTIONS", false)]
    [InlineData("javascript", "node_options", true)]
    [InlineData("javascript", "LC_ALL", false)]
    public void Allows_AVariable_DependsOnWhetherTheInterpreterReadsItAtItsStart(string id, string variable, bool allowed)
        => Assert.Equal(allowed, Catalog.Find(id)!.WarmUp!.Allows(["OTHER", variable]));

    private static ProgramPlan Plan(string id, string version, string[] files, params string[] compileArgs)
    {
        Language language = Catalog.Find(id)!;
        EntryChoice choice = EntryChoice.Make(language, null, files.Select(path => new SourceFile(path, [])).ToArray(), null);
        return ProgramPlan.For(language, SpecOf.Program(language, choice, version, compileArgs));
    }
}
