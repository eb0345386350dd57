using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CodeExec.Contracts.Azurite;

/// <summary>
/// Azurite, the storage account of tests, on ports that the system chose. One for all tests of a process; each test takes a prefix of its own.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<AzuriteProcess>> One = new(() => StartAsync());

    private readonly Process _process;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, string> endpoints)
    {
        _process = process;
        BlobEndpoint = new Uri(endpoints["Blob"]);
        ConnectionString = $"DefaultEndpointsProtocol={BlobEndpoint.Scheme};AccountName={Account};AccountKey={Key};"
            + string.Concat(endpoints.Select(endpoint => $"{endpoint.Key}Endpoint={endpoint.Value}/{Account};"));
    }

    public string ConnectionString { get; }

    public Uri BlobEndpoint { get; }

    /// <summary>The one of this process. Skips the test where there is none.</summary>
    public static async Task<AzuriteProcess> GetAsync()
    {
        SkipWithoutAzurite();
        return await One.Value;
    }

    /// <summary>A name that no other test uses.</summary>
    public static string NewPrefix() => "t" + Guid.NewGuid().ToString("n")[..12];

    public static void SkipWithoutAzurite()
        => Skip.If(Program is null, "Azurite is not installed; ./test installs it where npm is (apt-get install -y npm), or name its azurite.js in CODEEXEC_AZURITE.");

    /// <summary>One that keeps everything in memory, or one on a folder and ports of the caller's.</summary>
    /// <param name="certificate">For HTTPS: a file of it and one of its key, as PEM.</param>
    public static async Task<AzuriteProcess> StartAsync(string? folder = null, (string File, string Key)? certificate = null)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // It must not outlive the tests, however those end: then its input ends.
        foreach (string argument in (string[])
        [
            "-c", "\"$@\" </dev/null & pid=$!; cat >/dev/null; kill $pid", "azurite", "node", Program!,
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", folder],
            .. certificate is { } pem ? (string[])["--cert", pem.File, "--key", pem.Key] : [],
        ])
        {
            start.ArgumentList.Add(argument);
        }
        Process process = Process.Start(start) ?? throw new InvalidOperationException("There is no sh.");
        Dictionary<string, string> endpoints = [];
        List<string> said = [];
        while (endpoints.Count < 3)
        {
            string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"Azurite did not start: {string.Join('\n', said)}\n{await process.StandardError.ReadToEndAsync()}");
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                endpoints[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return new(process, endpoints);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Program { get; } = FindProgram();

    private static string? FindProgram()
    {
        if (Environment.GetEnvironmentVariable("CODEEXEC_AZURITE") is { Length: > 0 } named)
        {
            return named;
        }
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }
        string program = Path.Combine(folder?.FullName ?? "", "artifacts", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        return File.Exists(program) ? program : null;
    }

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service (is )?successfully (listening|listens) (at|on) (?<address>https?://[\d.]+:\d+)")]
    private static partial Regex Listening();
}
