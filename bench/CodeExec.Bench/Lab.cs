using CodeExec.Bench.Server;

namespace CodeExec.Bench;

/// <summary>What scenarios share: the clock, the servers, the folders, and a voice.</summary>
internal sealed class Lab(BenchOptions options, TimeProvider clock, TextWriter voice) : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private readonly List<ServerProcess> _servers = [];
    private readonly List<string> _folders = [];
    private ServerBinaries? _binaries;
    private Uri? _shared = options.Server;

    public TimeProvider Clock { get; } = clock;

    public bool Quick { get; } = options.Quick;

    public int Minutes { get; } = options.Minutes;

    public int Submissions { get; } = options.Quick ? 10 : options.Submissions;

    public string? Key { get; } = options.Key;

    public ServerBinaries Binaries => _binaries ??= ServerBinaries.Find();

    /// <summary>One server, with its default settings, for all scenarios that do not care which.</summary>
    public async Task<Uri> SharedServerAsync(CancellationToken cancellationToken)
        => _shared ??= (await StartServerAsync(NewDataFolder(), NoSettings, cancellationToken)).Address;

    public async Task<ServerProcess> StartServerAsync(string data, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        ServerProcess server = await ServerProcess.StartAsync(Binaries, data, settings, Clock, cancellationToken);
        _servers.Add(server);
        return server;
    }

    public string NewDataFolder()
    {
        string folder = Directory.CreateTempSubdirectory("codeexec-bench-").FullName;
        _folders.Add(folder);
        return folder;
    }

    public void Tell(string what) => voice.WriteLine(what);

    /// <summary>Why a program of this machine can not be started; null if it can.</summary>
    public static string? WhyNot(string[] command) => !Path.IsPathRooted(command[0]) || File.Exists(command[0]) ? null : $"no {command[0]}";

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess server in _servers)
        {
            await server.DisposeAsync();
        }
        foreach (string folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
