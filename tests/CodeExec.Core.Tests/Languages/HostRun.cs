using System.Diagnostics;
using System.Text;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Tests.Languages;

/// <summary>Runs a plan's commands on this machine, without a jail: only ever give it programs of our own.</summary>
internal sealed class HostRun : IDisposable
{
    private readonly DirectoryInfo _workspace = Directory.CreateTempSubdirectory("codeexec-language-");

    public string Workspace => _workspace.FullName;

    public void LayOut(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            string path = Path.Combine(Workspace, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }
    }

    public async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        // env -i … and not our own environment; it also looks the program up along the new PATH, as the runner does.
        ProcessStartInfo start = new("/usr/bin/env", ["-i", "-C", Workspace, .. environment.Select(each => $"{each.Key}={Moved(each.Value)}"), .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    public void Dispose() => _workspace.Delete(recursive: true);

    /// <summary>Nothing is left in the machine's own /tmp.</summary>
    private string Moved(string value) => value.StartsWith("/workspace", StringComparison.Ordinal) || value.StartsWith("/tmp/", StringComparison.Ordinal) ? Workspace + value : value;
}
