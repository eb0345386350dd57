using System.Text;
using CodeExec.Containers.Cells.Preparation;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Compilers find what was made ahead. Making it takes them long: once for all tests.</summary>
public sealed class PreparedCompilerTests(CellsFixture cells, PreparedFolder folder) : IClassFixture<CellsFixture>, IClassFixture<PreparedFolder>
{
    [SkippableTheory]
    [InlineData("cpp", "#include <bits/stdc++.h>\nint main() { std::cout << 42; }", "-H", "! /opt/codeexec/prepared/cpp/bits/stdc++.h.gch/c++17")]
    [InlineData("cpp", "#include <iostream>\nint main() { std::cout << 42; }", "-H", "! /opt/codeexec/prepared/cpp/iostream.gch/c++17")]
    [InlineData("java", "public class Main { public static void main(String[] a) { System.out.print(42); } }", "-J-Xlog:cds", "opt/codeexec/prepared/java/javac.jsa")]
    public async Task RunAsync_ToolchainIsPrepared_CompilerUsesWhatWasMade(string id, string code, string tell, string expected)
    {
        Language language = BuiltIn(id);
        Skip.If(!File.Exists("/usr/bin/" + language.Detection.Command[0]), $"There is no {language.Detection.Command[0]} here.");
        PreparedToolchain made = await folder.PrepareAsync(cells, language.Preparation!, id);
        Assert.True(made.IsReady);

        JobResult result = await CompileAndRunAsync(language, code, tell);

        string compiler = string.Concat(result.Events.OfType<OutputEvent>().Where(e => e.Step == "compile").Select(e => Encoding.UTF8.GetString(e.Data)));
        Assert.Contains(expected, compiler, StringComparison.Ordinal);
        Assert.Equal("42", result.OutputOf("run"));
    }

    internal static Language BuiltIn(string id)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(root!.FullName, "languages")))
        {
            root = root.Parent;
        }

        return LanguageFiles.Load(Path.Combine(root.FullName, "languages")).Find(id)!;
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
        await using CellsFixture prepared = new(new CellsFixture.TestToolchains(language), folder.Name);
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
}
