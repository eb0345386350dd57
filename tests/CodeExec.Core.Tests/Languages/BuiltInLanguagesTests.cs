using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

/// <summary>The files in languages/, and the toolchains that this machine has.</summary>
public class BuiltInLanguagesTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Fact]
    public void Load_TheFilesOfTheRepository_HaveNoMistakeAndAreTheEightLanguages()
        => Assert.Equal(["bash", "c", "cpp", "go", "java", "javascript", "python", "typescript"], Catalog.All.Select(language => language.Id));

    [Theory]
    [InlineData("C++", "cpp")]
    [InlineData("node", "javascript")]
    [InlineData("py", "python")]
    [InlineData("Golang", "go")]
    [InlineData("ts", "typescript")]
    [InlineData("sh", "bash")]
    public void Find_AnAliasInAnyCase_IsTheLanguage(string alias, string id) => Assert.Equal(id, Catalog.Find(alias)?.Id);

    [SkippableTheory]
    [InlineData("python", "import sys; print('hello', sys.version_info.major)", "hello 3\n")]
    [InlineData("javascript", "console.log('hello', [1].map(x => x + 1)[0])", "hello 2\n")]
    [InlineData("typescript", "import * as os from 'os'; const n: number = process.argv.length; console.log('hello', n, typeof os.cpus)", "hello 2 function\n")]
    [InlineData("go", "package main\nimport \"fmt\"\nfunc main() { fmt.Println(\"hello\") }", "hello\n")]
    [InlineData("java", "class Helper {} public class Greeting { static class Node {} public static void main(String[] a) { System.out.println(\"hello\"); } }", "hello\n")]
    [InlineData("java", "package a.b; class Solution { public static void main(String[] a) { System.out.println(Solution.class.getName()); } }", "a.b.Solution\n")]
    [InlineData("cpp", "#include <iostream>\nint main() { std::cout << \"hello \" << __cplusplus << '\\n'; }", "hello 201703\n")]
    [InlineData("c", "#include <stdio.h>\n#include <string.h>\n#include <math.h>\nint main(int n, char **a) { char *s = strdup(\"hello\"); printf(\"%s %.0f %ld\\n\", s, floor(n + 0.5), __STDC_VERSION__); }", "hello 1 201710\n")]
    [InlineData("bash", "echo hello ${BASH_VERSION%%.*}", "hello 5\n")]
    public async Task Plan_CodeAlone_CompilesAndRuns(string id, string code, string expected)
    {
        (int exitCode, string output) = await RunAsync(id, code, [], null);

        Assert.Equal((0, expected), (exitCode, output));
    }

    [SkippableTheory]
    [InlineData("python", "src/app.py", "from lib.a import f\nprint(f())", "src/lib/a.py", "def f(): return 'two files'")]
    [InlineData("javascript", "src/app.js", "console.log(require('./lib/a').f())", "src/lib/a.js", "exports.f = () => 'two files'")]
    [InlineData("typescript", "src/app.ts", "import { f } from './lib/a'; const name = f(); console.log(name)", "src/lib/a.ts", "export const f = (): string => 'two files'; const name = 1;")]
    [InlineData("go", "cmd/app/app.go", "package main\nimport (\"fmt\"; \"program/lib\")\nfunc main() { fmt.Println(lib.F()) }", "lib/a.go", "package lib\nfunc F() string { return \"two files\" }")]
    [InlineData("java", "src/App.java", "import lib.A;\npublic class App { public static void main(String[] a) { System.out.println(A.f()); } }", "src/lib/A.java", "package lib;\npublic class A { public static String f() { return \"two files\"; } }")]
    [InlineData("cpp", "src/app.cpp", "#include <cstdio>\nconst char* f();\nint main() { std::puts(f()); }", "src/lib/a.cc", "const char* f() { return \"two files\"; }")]
    [InlineData("c", "-app.c", "#include <stdio.h>\nconst char* f(void);\nint main(void) { puts(f()); }", "lib/a.c", "const char* f(void) { return \"two files\"; }")]
    [InlineData("bash", "src/app.sh", "source src/lib/a.sh\nf", "src/lib/a.sh", "f() { echo two files; }")]
    public async Task Plan_SeveralFilesWithAnEntry_CompilesAndRuns(string id, string entry, string main, string other, string library)
    {
        (int exitCode, string output) = await RunAsync(id, null, [File(entry, main), File(other, library)], entry);

        Assert.Equal((0, "two files\n"), (exitCode, output));
    }

    [SkippableTheory]
    [InlineData("typescript", "const n: number = 'text'", "TS2322")]
    [InlineData("go", "package main\nfunc main() { x := 1 }", "declared")]
    [InlineData("java", "class Main { int x = \"\"; }", "incompatible types")]
    [InlineData("cpp", "int main() { return zork; }", "zork")]
    [InlineData("c", "int main(void) { return zork; }", "zork")]
    public async Task Plan_CodeWithAnError_FailsToCompile(string id, string code, string named)
    {
        (int exitCode, string output) = await RunAsync(id, code, [], null);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("c++20", "202002")]
    [InlineData("23", "202100")]
    public async Task Plan_CppOfAnotherStandard_IsCompiledAsThat(string version, string macro)
    {
        (int exitCode, string output) = await RunAsync("cpp", "#include <cstdio>\nint main() { std::printf(\"%ld\", __cplusplus); }", [], null, version);

        Assert.Equal((0, macro), (exitCode, output));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string id, string? code, IReadOnlyList<SourceFile> files, string? entry, string? version = null)
    {
        Language language = Catalog.Find(id)!;
        InstalledLanguages installed = await new LanguageDetector(new ProcessToolchainProbe(TimeProvider.System)).DetectAsync(new LanguageCatalog([language]), CancellationToken.None);
        DetectedLanguage detected = installed.Find(id)!;
        Skip.IfNot(detected.IsInstalled, $"{language.Name} is not installed: {detected.InstallHint}");
        EntryChoice choice = EntryChoice.Make(language, code, files, entry);
        Assert.Null(choice.Problem);
        ProgramPlan plan = ProgramPlan.For(language, SpecOf.Program(language, choice, detected.FindVersion(version)!.Id));
        using HostRun host = new();
        host.LayOut(plan.Files);
        if (plan.CompileCommand is { } compile && await host.RunAsync(compile, plan.CompileEnvironment) is { ExitCode: not 0 } failed)
        {
            return failed;
        }

        return await host.RunAsync(plan.RunCommand, plan.RunEnvironment);
    }

    private static SourceFile File(string path, string text) => new(path, System.Text.Encoding.UTF8.GetBytes(text));
}
