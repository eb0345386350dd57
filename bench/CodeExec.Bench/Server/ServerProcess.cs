using CodeExec.Bench.Http;
using CodeExec.Bench.Native;

namespace CodeExec.Bench.Server;

/// <summary>A real server on a free port, with a data folder that lasts as long as whoever made it wants.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    private readonly int _process;
    private readonly string _log;
    private readonly TimeProvider _clock;
    private bool _ended;

    private ServerProcess(int process, Uri address, string log, TimeProvider clock)
    {
        _process = process;
        Address = address;
        _log = log;
        _clock = clock;
    }

    public Uri Address { get; }

    public int Id => _process;

    /// <summary>From its start until it said that it is well.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Resident memory now.</summary>
    public long ResidentBytes => ProcessMemory.ResidentBytes(_process);

    public static async Task<ServerProcess> StartAsync(
        ServerBinaries binaries, string data, IReadOnlyDictionary<string, string> settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        int port = FreePort.Find();
        string log = Path.Combine(data, "server.log");
        long start = clock.GetTimestamp();
        int process = ServerSpawn.Start(binaries.Command(port, data, settings), binaries.Root, log);
        ServerProcess server = new(process, new Uri($"http://127.0.0.1:{port}/"), log, clock);
        try
        {
            await server.UntilHealthyAsync(cancellationToken);
            server.StartTime = clock.GetElapsedTime(start);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: what a crash is.</summary>
    public async Task CrashAsync()
    {
        ServerSpawn.Signal(_process, Libc.Kill);
        await UntilEndedAsync(StopLimit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }
        ServerSpawn.Signal(_process, Libc.Terminate);
        if (!await UntilEndedAsync(StopLimit))
        {
            await CrashAsync();
        }
    }

    private async Task UntilHealthyAsync(CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        while (!IsHealthy())
        {
            if (_ended = ServerSpawn.HasEnded(_process))
            {
                throw new BenchFailedException($"The server ended as it started. Its last words:\n{LastWords()}");
            }
            if (_clock.GetElapsedTime(start) > StartLimit)
            {
                throw new BenchFailedException($"The server did not become healthy within {StartLimit.TotalSeconds:0} s. Its last words:\n{LastWords()}");
            }
            await Task.Delay(LookAgain, _clock, cancellationToken);
        }
    }

    private bool IsHealthy()
    {
        try
        {
            using HttpConnection connection = new(Address);
            return connection.Send(new Requests(connection.Host, null).Get("/health")).Status == 200;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
        catch (BenchFailedException)
        {
            return false; // accepted, and closed again: not there yet
        }
    }

    private async Task<bool> UntilEndedAsync(TimeSpan limit)
    {
        long start = _clock.GetTimestamp();
        while (!_ended && !(_ended = ServerSpawn.HasEnded(_process)) && _clock.GetElapsedTime(start) < limit)
        {
            await Task.Delay(LookAgain, _clock);
        }
        return _ended;
    }

    private string LastWords() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(15)) : "(none)";
}
