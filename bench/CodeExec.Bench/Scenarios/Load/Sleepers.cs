using System.Text.Json.Nodes;
using CodeExec.Bench.Http;

namespace CodeExec.Bench.Scenarios.Load;

/// <summary>Executions that do nothing for a long time, so that they are in the way.</summary>
internal static class Sleepers
{
    private const int Connections = 4;

    private static readonly JsonObject Submission = new()
    {
        ["language"] = "bash",
        ["code"] = "sleep 280\n",
        ["limits"] = new JsonObject { ["wallTimeMs"] = 290_000 },
    };

    /// <summary>Submits so many over a few connections at once.</summary>
    /// <returns>How long it took until the last one was accepted.</returns>
    public static TimeSpan Submit(int count, Uri server, Lab lab)
    {
        int left = count;
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, Connections).Select(_ => new Thread(SubmitSome))];
        long start = lab.Clock.GetTimestamp();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        TimeSpan taken = lab.Clock.GetElapsedTime(start);
        return failure is null ? taken : throw new BenchFailedException(failure.Message);

        void SubmitSome()
        {
            try
            {
                using HttpConnection connection = new(server);
                byte[] request = new Requests(connection.Host, lab.Key).Submit(Submission);
                while (Interlocked.Decrement(ref left) >= 0 && Volatile.Read(ref failure) is null)
                {
                    HttpAnswer answer = connection.Send(request);
                    if (answer.Status != 202)
                    {
                        throw new BenchFailedException("A submission was not accepted: " + answer.Beginning);
                    }
                }
            }
            catch (Exception e) when (e is BenchFailedException or System.Net.Sockets.SocketException)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }

    /// <summary>How many executions the server lists with a status, up to one page.</summary>
    public static int Listed(string status, Uri server, Lab lab)
    {
        using HttpConnection connection = new(server);
        HttpAnswer answer = connection.Send(new Requests(connection.Host, lab.Key).Get($"/api/executions?status={status}&limit=200"));
        return JsonNode.Parse(answer.Body.Span)?["items"]?.AsArray().Count ?? throw new BenchFailedException("The server answered: " + answer.Beginning);
    }
}
