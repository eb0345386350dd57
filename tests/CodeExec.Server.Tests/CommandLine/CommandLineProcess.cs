using System.Diagnostics;

namespace CodeExec.Server.Tests.CommandLine;

/// <summary>The real <c>codeexec</c> as a process, in a folder of its own.</summary>
public sealed class CommandLineProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-cli-").FullName;

    public string File(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <param name="whileRunning">Called with the process; it may read stdout's beginning and send signals.</param>
    public async Task<(int Code, string Out, string Error)> RunAsync(
        ServerProcess server, string? stdin, Func<Process, Task<string>>? whileRunning, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "codeexec.dll"), .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CODEEXEC_SERVER"] = server.Address.ToString() },
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(stdin);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string beginning = whileRunning is null ? "" : await whileRunning(process);
        string rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, beginning + rest, await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
