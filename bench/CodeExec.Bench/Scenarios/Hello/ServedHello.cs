using System.Text.Json.Nodes;
using CodeExec.Bench.Http;

namespace CodeExec.Bench.Scenarios.Hello;

/// <summary>A hello program over HTTP, on a connection of its own, in the containers of a provider: the server's usual one unless named.</summary>
internal sealed class ServedHello : IDisposable
{
    private const int WaitSeconds = 60;

    private readonly HelloProgram _program;
    private readonly HttpConnection _connection;
    private readonly Requests _requests;
    private readonly string _word;
    private readonly string? _provider;
    private readonly byte[] _request;
    private readonly byte[] _expected;
    private int _count;

    public ServedHello(HelloProgram program, Uri server, string? key, string? provider = null)
    {
        _program = program;
        _provider = provider;
        _connection = new HttpConnection(server);
        _requests = new Requests(_connection.Host, key);
        _word = Guid.NewGuid().ToString("n")[..8];
        _request = Request(_word);
        _expected = HelloProgram.Output(_word);
    }

    /// <summary>Sends it, waits for its end, and looks at the output.</summary>
    public void Run()
    {
        if (!_program.Unique)
        {
            Answers.RequireOutput(_connection.Send(_request), _expected);
            return;
        }
        string word = $"{_word} {++_count}";
        Answers.RequireOutput(_connection.Send(Request(word)), HelloProgram.Output(word));
    }

    public void Dispose() => _connection.Dispose();

    private byte[] Request(string word)
    {
        JsonObject submission = _program.Submission(word);
        if (_provider is not null)
        {
            submission["provider"] = _provider;
        }
        return _requests.Run(submission, WaitSeconds);
    }
}
