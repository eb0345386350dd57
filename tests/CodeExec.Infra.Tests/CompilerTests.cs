using System.ComponentModel;
using System.Diagnostics;

namespace CodeExec.Infra.Tests;

/// <summary>Where Bicep is installed, its own compiler has the last word.</summary>
public sealed class CompilerTests
{
    [SkippableTheory]
    [InlineData("build", "main.bicep")]
    [InlineData("build-params", "sizes/small.bicepparam")]
    [InlineData("build-params", "sizes/medium.bicepparam")]
    [InlineData("build-params", "sizes/large.bicepparam")]
    public async Task Compile_EachTemplate_IsTaken(string command, string file)
    {
        (int exitCode, string said) = await CompileAsync(command, Path.Combine(Repository.Infra, file));

        Assert.True(exitCode == 0, said); // what it only warns of is said with its next error
    }

    private static async Task<(int ExitCode, string Said)> CompileAsync(string command, string file)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("bicep", [command, file, "--stdout"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> said = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await said);
        }
        catch (Win32Exception)
        {
            throw new SkipException("There is no bicep here (az bicep install; or its own package, on the PATH).");
        }
    }
}
