using System.Text.Json;
using CodeExec.Bench.Http;

namespace CodeExec.Bench.Scenarios.Grading;

/// <summary>Batches over HTTP.</summary>
internal sealed class ServedBatch(Uri server, Lab lab) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly HttpConnection _connection = new(server);
    private readonly Requests _requests = new(server.Authority, lab.Key);

    public void MakeProblem(GradedProgram program, string id) => Send(_requests.Post("/api/problems", program.ProblemOf(id)));

    /// <returns>The batch's id.</returns>
    public string Submit(GradedProgram program, string problem, IEnumerable<string> submissions)
        => Send(_requests.PostLines($"/api/batches?problem={problem}", submissions.Select(program.Submission))).GetProperty("id").GetString()!;

    /// <summary>Returns when all of them are graded, and accepted.</summary>
    public async Task UntilAllAcceptedAsync(string batch, int count, CancellationToken cancellationToken)
    {
        JsonElement now;
        while ((now = Get(batch)).GetProperty("state").GetString() is not ("completed" or "cancelled"))
        {
            await Task.Delay(LookAgain, lab.Clock, cancellationToken);
        }

        if (!now.GetProperty("verdicts").TryGetProperty("accepted", out JsonElement accepted) || accepted.GetInt32() != count)
        {
            throw new BenchFailedException($"Not all of {count} were accepted: {now}");
        }
    }

    public int Done(string batch) => Get(batch).GetProperty("progress").GetProperty("done").GetInt32();

    public void Cancel(string batch) => Send(_requests.Post($"/api/batches/{batch}/cancel"));

    public void Dispose() => _connection.Dispose();

    private JsonElement Get(string batch) => Send(_requests.Get($"/api/batches/{batch}"));

    private JsonElement Send(byte[] request)
    {
        HttpAnswer answer = _connection.Send(request);
        if (answer.Status is not (200 or 201 or 202))
        {
            throw new BenchFailedException("The server answered: " + answer.Beginning);
        }
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }
}
