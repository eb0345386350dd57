using System.Diagnostics;

namespace CodeExec.House.Tests.Scripts;

/// <summary>Runs one of the repository's scripts from a folder that is not the repository.</summary>
internal static class Script
{
    /// <param name="programs">A folder whose programs go before the machine's.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, string[] arguments, string? programs = null)
    {
        ProcessStartInfo start = new(Path.Combine(Repository.Root, script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = programs is null ? start.Environment["PATH"] : $"{programs}:{start.Environment["PATH"]}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
