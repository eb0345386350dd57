using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>The real server as a process of its own, on a free port, with a data folder of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly Lazy<DirectoryInfo> DataFolders = new(MakeDataFolders);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address, string data, IReadOnlyList<string> report)
    {
        _process = process;
        Address = address;
        Data = data;
        Report = report;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri Address { get; }

    public string Data { get; }

    /// <summary>What it printed as it started.</summary>
    public IReadOnlyList<string> Report { get; }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    /// <summary>It outlives the server that it is for, and goes when all tests have ended.</summary>
    public static string NewDataFolder() => DataFolders.Value.CreateSubdirectory(Guid.NewGuid().ToString("n")[..8]).FullName;

    public static Task<ServerProcess> StartAsync(string? data = null, params string[] settings) => StartAsync([], AppContext.BaseDirectory, data ?? NewDataFolder(), settings);

    /// <param name="through">A command that starts the server as its own end: as another user, in a namespace.</param>
    /// <param name="folder">Where the server's files are.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyList<string> through, string folder, string data, params string[] settings)
    {
        Process process = Start(through, folder, data, settings);
        List<string> report = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            report.Add(line);
            if (line.StartsWith("  curl", StringComparison.Ordinal))
            {
                string address = report.Single(l => l.StartsWith("CodeExec listens on ", StringComparison.Ordinal))["CodeExec listens on ".Length..];
                _ = process.StandardOutput.ReadToEndAsync(); // keep its pipes empty
                _ = process.StandardError.ReadToEndAsync();
                return new ServerProcess(process, new Uri(address), data, report);
            }
        }

        throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', report)}\n{await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>For servers that must not start: what they say, and their exit code.</summary>
    public static async Task<(int Code, string Said)> StartInVainAsync(params string[] settings)
    {
        using Process process = Start([], AppContext.BaseDirectory, NewDataFolder(), settings);
        string said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    public async Task<JsonElement> RunAsync(object submission, int wait = 60)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync($"/api/executions?wait={wait}", submission);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>As a crash would: nothing of it has a say.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _process.Dispose();
    }

    private static DirectoryInfo MakeDataFolders()
    {
        DirectoryInfo made = Directory.CreateTempSubdirectory("codeexec-test-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Delete(recursive: true);
        return made;
    }

    private static Process Start(IReadOnlyList<string> through, string folder, string data, string[] settings)
    {
        string[] command = [.. through, "dotnet", Path.Combine(folder, "CodeExec.Server.dll"), $"--contentRoot={folder}", "--Http:Port=0", $"--Data:Path={data}", .. settings];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
