using System.Text;
using CodeExec.Containers.Cells.Preparation;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>What toolchains make ahead is there for the programs that come after, and a failure is nobody's but the preparation's.</summary>
public sealed class PreparationTests(CellsFixture cells) : IClassFixture<CellsFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-prepared-").FullName;

    [SkippableFact]
    public async Task Want_CommandsMakeAFile_IsReadyAndNothingElseIsLeft()
    {
        PreparedToolchain made = await PrepareAsync(new ToolchainPreparation([new SourceFile("seed", "7"u8.ToArray())], [["mkdir", "made"], ["cp", "seed", "made/out"]]));

        Assert.True(made.IsReady);
        Assert.Equal("7", File.ReadAllText(Path.Combine(made.Ready, "out")));
        Assert.Equal([made.Folder], Directory.GetFileSystemEntries(_folder));
    }

    [SkippableTheory]
    [InlineData("false")]
    [InlineData("no-such-command")]
    [InlineData("true")] // makes nothing
    public async Task Want_CommandsFail_NothingIsReadyAndNothingIsLeft(string command)
    {
        PreparedToolchain made = await PrepareAsync(new ToolchainPreparation([], [[command]]));

        Assert.False(made.IsReady);
        Assert.Equal([made.Folder], Directory.GetFileSystemEntries(_folder));
    }

    [SkippableFact]
    public async Task For_AnotherVersionOfTheToolchain_HasAnotherFolder()
    {
        ToolchainPreparation preparation = new([], [["true"]]);
        await PrepareAsync(preparation);

        Assert.NotEqual(Toolchains(preparation, "1.0").For("toy")!.Folder, Toolchains(preparation, "1.1").For("toy")!.Folder);
        Assert.Null(Toolchains(null, "1.0").For("toy"));
    }

    [SkippableFact]
    public async Task RunAsync_NoPlaceToKeepWhatIsMade_ProgramsAreCompiledWithout()
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        await using CellsFixture homeless = new(new CellsFixture.TestToolchains(BuiltIn("cpp")), "/proc/nowhere");
        await using IContainer cell = await homeless.Provider.CreateAsync(CellsFixture.Plain with { Language = "cpp" }, CancellationToken.None);

        JobResult result = await cell.RunAsync(ContainerHarness.Python("print('made')"));

        Assert.Equal("made\n", result.Stdout);
    }

    [SkippableTheory]
    [InlineData("cpp", "#include <bits/stdc++.h>\nint main() { std::cout << 42; }", "-H", "! /opt/codeexec/prepared/cpp/bits/stdc++.h.gch/c++17")]
    [InlineData("cpp", "#include <iostream>\nint main() { std::cout << 42; }", "-H", "! /opt/codeexec/prepared/cpp/iostream.gch/c++17")]
    [InlineData("java", "public class Main { public static void main(String[] a) { System.out.print(42); } }", "-J-Xlog:cds", "opt/codeexec/prepared/java/javac.jsa")]
    public async Task RunAsync_ToolchainIsPrepared_CompilerUsesWhatWasMade(string id, string code, string tell, string expected)
    {
        Language language = BuiltIn(id);
        Skip.If(!File.Exists("/usr/bin/" + language.Detection.Command[0]), $"There is no {language.Detection.Command[0]} here.");
        PreparedToolchain made = await PrepareAsync(language.Preparation!, id);
        Assert.True(made.IsReady);

        JobResult result = await CompileAndRunAsync(language, code, tell);

        string compiler = string.Concat(result.Events.OfType<OutputEvent>().Where(e => e.Step == "compile").Select(e => Encoding.UTF8.GetString(e.Data)));
        Assert.Contains(expected, compiler, StringComparison.Ordinal);
        Assert.Equal("42", result.OutputOf("run"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Language BuiltIn(string id)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "languages")))
        {
            folder = folder.Parent;
        }

        return LanguageFiles.Load(Path.Combine(folder.FullName, "languages")).Find(id)!;
    }

    private async Task<PreparedToolchain> PrepareAsync(ToolchainPreparation preparation, string language = "toy")
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        Share(_folder);
        PreparedToolchains toolchains = Toolchains(preparation, "1.0");
        await using ToolchainPreparer preparer = new(toolchains, NullLogger<ToolchainPreparer>.Instance);
        await preparer.Want(language, cells.Provider.CreateAsync);
        return toolchains.For(language)!;
    }

    private async Task<JobResult> CompileAndRunAsync(Language language, string code, string compileArgument)
    {
        ExecutionSpec spec = new()
        {
            Language = language.Id,
            Version = language.FindVersion(null, "")!.Id,
            Files = [new SourceFile(language.Entry.FileName, Encoding.UTF8.GetBytes(code))],
            Entry = language.Entry.FileName,
            CompileArgs = [compileArgument],
            Limits = language.Limits,
            CompileLimits = language.CompileLimits,
            Provider = "cells",
        };
        ProgramPlan plan = ProgramPlan.For(language, spec);
        await using CellsFixture prepared = new(new CellsFixture.TestToolchains(language), _folder);
        await using IContainer cell = await prepared.Provider.CreateAsync(CellsFixture.Plain with { Language = language.Id }, CancellationToken.None);
        return await cell.RunAsync(new Job
        {
            Id = "job",
            Files = [.. plan.Files.Select(file => new JobFile(file.Path, file.Content))],
            Steps =
            [
                new JobStep { Name = "compile", Command = plan.CompileCommand!, Environment = plan.CompileEnvironment, Limits = Roomy },
                new JobStep { Name = "run", Command = plan.RunCommand, Environment = plan.RunEnvironment, Limits = Roomy, Cases = [new JobCase { Id = "run" }] },
            ],
        });
    }

    private static JobLimits Roomy { get; } = ContainerHarness.Limits with { WallMs = 30_000, CpuMs = 30_000, MemoryBytes = 1 << 30, Processes = 128 };

    private PreparedToolchains Toolchains(ToolchainPreparation? preparation, string version)
        => new(new CellsFixture.TestToolchains(preparation, version), Options.Create(new CellsOptions { PreparedFolder = _folder }), NullLogger<PreparedToolchains>.Instance);

    // The users that cells run under must get in.
    private static void Share(string folder) => File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
}
