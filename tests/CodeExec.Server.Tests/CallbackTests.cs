using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Callbacks;

namespace CodeExec.Server.Tests;

/// <summary>Callbacks of the real server, to a receiver of the test's own.</summary>
public sealed class CallbackTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef-secret";

    private readonly TcpListener _receiver = new(IPAddress.Loopback, 0);
    private ServerProcess _server = null!;

    private string Address => $"http://127.0.0.1:{((IPEndPoint)_receiver.LocalEndpoint).Port}/hook?x=1";

    public async Task InitializeAsync()
    {
        _receiver.Start();
        _server = await ServerProcess.StartAsync(null, "--Callbacks:Allow:0=127.0.0.1");
    }

    public async Task DisposeAsync()
    {
        _receiver.Stop();
        await _server.DisposeAsync();
        Directory.Delete(_server.Data, recursive: true);
    }

    [SkippableFact]
    public async Task Callback_ReceiverFailsOnce_IsToldAgainWithTheSameIdAndAValidSignature()
    {
        JsonElement run = await SubmitAsync(Address);
        (Dictionary<string, string> first, string body) = await ReceiveAsync("500 Oops");
        (Dictionary<string, string> second, string again) = await ReceiveAsync("204 No Content");

        Assert.Equal($"execution-{run.Text("id")}", first["x-codeexec-delivery"]);
        Assert.Equal(first["x-codeexec-delivery"], second["x-codeexec-delivery"]);
        Assert.Equal(body, again);
        Assert.Equal(SendCallback.Sign(Secret, second["x-codeexec-timestamp"], again), second["x-codeexec-signature"]);
        Assert.Equal(("execution.ended", run.Text("id")), (JsonSerializer.Deserialize<JsonElement>(body).Text("event"), JsonSerializer.Deserialize<JsonElement>(body).Text("id")));

        JsonElement delivery = await DeliveryAsync(run, "delivered");
        Assert.Equal(["500", "204"], delivery.At("tries").EnumerateArray().Select(one => one.Text("status")));
        Assert.DoesNotContain(Secret, delivery.ToString(), StringComparison.Ordinal);

        using HttpResponseMessage asked = await _server.Http.PostAsync($"/api/deliveries/{delivery.Text("id")}/redeliver", null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        (Dictionary<string, string> third, _) = await ReceiveAsync("200 OK");
        Assert.Equal(first["x-codeexec-delivery"], third["x-codeexec-delivery"]);
    }

    [SkippableFact]
    public async Task Callback_OfAJudge0Submission_IsPutInJudge0sForm()
    {
        using HttpResponseMessage made = await _server.Http.PostAsJsonAsync("/api/judge0/submissions", new { source_code = "print(6 * 7)", language_id = 71, callback_url = Address });
        string token = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync()).Text("token");

        (_, string body) = await ReceiveAsync("200 OK");

        JsonElement told = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((token, "NDIK", "3"), (told.Text("token"), told.Text("stdout"), told.At("status").Text("id")));
    }

    [SkippableFact]
    public async Task Callback_ReceiverIsGone_IsGivenUpAtOnce()
    {
        JsonElement run = await SubmitAsync(Address);
        await ReceiveAsync("410 Gone");

        Assert.Single((await DeliveryAsync(run, "failed")).At("tries").EnumerateArray());
    }

    [SkippableFact]
    public async Task Callback_AnswerBreaksOff_CountsByItsStatus()
    {
        JsonElement run = await SubmitAsync(Address);
        await ReceiveAsync("200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\ncut");

        Assert.Equal("200", Assert.Single((await DeliveryAsync(run, "delivered")).At("tries").EnumerateArray()).Text("status"));
    }

    [SkippableFact]
    public async Task Callback_RedirectIntoOurNetwork_IsNotFollowed()
    {
        JsonElement run = await SubmitAsync(Address);
        await ReceiveAsync("302 Found\r\nLocation: http://169.254.169.254/");

        Assert.Equal("302", (await DeliveryAsync(run, "pending")).At("tries")[0].Text("status"));
    }

    [SkippableFact]
    public async Task Callback_IntoOurNetwork_IsRefusedAndSaidSo()
    {
        JsonElement run = await SubmitAsync("http://127.0.0.2:1/");

        Assert.Contains("public address", (await DeliveryAsync(run, "pending")).At("tries")[0].Text("problem"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Callback_WrongAddressOrSecret_IsRefusedByField()
    {
        foreach ((string url, string secret, string field) in new[] { ("ftp://a", Secret, "callback.url"), ("http://u:p@a", Secret, "callback.url"), ("https://a", "short", "callback.secret") })
        {
            using HttpResponseMessage refused = await _server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = "1", callback = new { url, secret } });
            Assert.Contains($"\"{field}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> SubmitAsync(string url)
    {
        Skip.If(_server.Report.Any(line => line.StartsWith("Nothing can run", StringComparison.Ordinal)), "nothing can run on this machine");
        return await _server.RunAsync(new { language = "python", code = "print(1)", callback = new { url, secret = Secret } });
    }

    /// <summary>Waits until its log has a try and it is in this state.</summary>
    private async Task<JsonElement> DeliveryAsync(JsonElement run, string state)
    {
        while (true)
        {
            JsonElement all = JsonSerializer.Deserialize<JsonElement>(await _server.Http.GetStringAsync($"/api/executions/{run.Text("id")}/deliveries"));
            JsonElement[] found = [.. all.At("items").EnumerateArray().Where(one => one.Text("state") == state && one.At("tries").GetArrayLength() > 0)];
            if (found.Length == 1)
            {
                return found[0];
            }

            await Task.Delay(20);
        }
    }

    private async Task<(Dictionary<string, string> Headers, string Body)> ReceiveAsync(string answer)
    {
        using TcpClient client = await _receiver.AcceptTcpClientAsync();
        using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }

        char[] body = new char[int.Parse(headers["content-length"], System.Globalization.CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(body);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return (headers, new string(body));
    }
}
