using System.Text.Json;
using CodeExec.Bench.Http;
using CodeExec.Bench.Measuring;

namespace CodeExec.Bench.Scenarios.Soak;

/// <summary>Clients that submit one program after the other, every twentieth an abusive one, and check each answer.</summary>
internal sealed class SoakLoad : IDisposable
{
    private const int Clients = 3;
    private const int AbusiveEvery = 20;
    private const int WaitSeconds = 60;

    private readonly List<HttpConnection> _connections;
    private readonly Action[] _workers;
    private int _number;
    private int _done;
    private int _abusive;

    public SoakLoad(Uri server, string? key)
    {
        _connections = [.. Enumerable.Range(0, Clients).Select(_ => new HttpConnection(server))];
        _workers = [.. _connections.Select(connection => WorkerOf(connection, new Requests(connection.Host, key)))];
    }

    public int Done => _done;

    public int Abusive => _abusive;

    /// <summary>Returns when the time is over and nothing is on its way any more.</summary>
    /// <exception cref="BenchFailedException">An answer was wrong.</exception>
    public void RunFor(TimeSpan duration, TimeProvider clock) => ClosedLoop.PerSecond(_workers, duration, clock);

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private Action WorkerOf(HttpConnection connection, Requests requests) => () => RunOne(connection, requests, Interlocked.Increment(ref _number));

    private void RunOne(HttpConnection connection, Requests requests, int number)
    {
        bool abusive = number % AbusiveEvery == 0;
        IReadOnlyList<SoakProgram> kind = abusive ? SoakProgram.Hostile : SoakProgram.Harmless;
        SoakProgram program = kind[(abusive ? number / AbusiveEvery : number) % kind.Count];
        HttpAnswer answer = connection.Send(requests.Run(program.ToSubmission(), WaitSeconds));
        if (!abusive)
        {
            Answers.RequireOutput(answer, "ok\n"u8);
        }
        else if (answer.Status != 200 || IsOurs(answer))
        {
            throw new BenchFailedException($"An abusive program ({program.Code}) came to no end of its own: {answer.Beginning}");
        }

        Interlocked.Increment(ref _done);
        Interlocked.Add(ref _abusive, abusive ? 1 : 0);
    }

    // "error" is what we failed to do; an outcome is the program's.
    private static bool IsOurs(HttpAnswer answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return json.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null;
    }
}
