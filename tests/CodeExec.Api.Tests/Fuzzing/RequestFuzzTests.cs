using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Fuzzing;

namespace CodeExec.Api.Tests.Fuzzing;

/// <summary>No input is answered with 5xx, none keeps us busy, none tells of our inside. Over a real socket.</summary>
public sealed class RequestFuzzTests : IAsyncLifetime
{
    private static readonly string[] Submissions =
    [
        """{"language":"python","version":"3","code":"print(1)","stdin":"x","args":["a"],"env":{"A":"1"},"secrets":{"S":"2"},"limits":{"wallTimeMs":1000,"cpuTimeMs":1000,"memoryMb":64,"processes":8,"outputKb":64,"workspaceMb":16},"labels":{"a":"b"},"artifacts":["out/**"]}""",
        """{"language":"cpp","files":[{"path":"main.cpp","content":"int main(){}"},{"path":"a/b.bin","content":"AAH/","encoding":"base64"}],"entry":"main.cpp","compileArgs":["-O2"],"compileLimits":{"memoryMb":512},"network":"none","provider":"cells","priority":"normal"}""",
        """{"language":"python","version":"*","files":[{"name":"main.py","content":"print(1)"}],"stdin":"","args":[],"compile_timeout":10000,"run_timeout":3000,"compile_memory_limit":-1,"run_memory_limit":-1}""",
        """{"code":"print(1)","language":"python","timeout":5}""",
    ];

    private static readonly string[] Queries =
    [
        "status=running&language=python&label=a:b&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z&limit=10&cursor=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "level=error&source=stdout&search=%25x&limit=10&offset=5", "after=12", "wait=0", "limit=1&limit=2", "search=' or 1=1--",
    ];

    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(("Api:MaxBodyBytes", $"{256 << 10}"));
        _host.Http.Timeout = TimeSpan.FromSeconds(30); // a hang is a failure, and not of the build
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_DamagedSubmissions_AreAcceptedOrRefusedAndNeverFail()
    {
        string[] paths = ["/api/executions", "/execute", "/api/v2/execute", "/api/keys"];
        Mutator mutator = new(4);
        int accepted = 0;
        for (int i = 0; i < Mutator.Cases; i++)
        {
            byte[] body = mutator.Mutate(Submissions);
            using ByteArrayContent content = new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            string path = paths[i % paths.Length];

            using HttpResponseMessage response = await _host.Http.PostAsync(path, content);
            string text = await response.Content.ReadAsStringAsync();

            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{path}: {(int)response.StatusCode} {text}\n{Encoding.UTF8.GetString(body)}");
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            accepted += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.InRange(accepted, Mutator.Cases / 50, Mutator.Cases - (Mutator.Cases / 20));
    }

    [Fact]
    public async Task Get_DamagedQueriesAndPaths_AreAnsweredOrRefusedAndNeverFail()
    {
        string id = await SubmitAsync();
        string[] paths =
        [
            "/api/executions?", "/api/executions/metrics?", $"/api/executions/{id}/logs?", $"/api/executions/{id}/logs/stream?", $"/api/executions/{id}/events?", $"/api/executions/{id}/logs/stats?",
            $"/api/executions/{id}/artifacts/", "/api/executions/", "/api/languages/",
        ];
        Mutator mutator = new(5);
        string[] requests = [.. Enumerable.Range(0, Math.Min(Mutator.Cases, 5000)).Select(i => paths[i % paths.Length] + Escape(mutator.Mutate(Queries)))];

        // Several at once: a stream takes its time, at the pace of its pushes.
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (path, cancellationToken) =>
        {
            using HttpResponseMessage response = await _host.Http.GetAsync(path, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);

            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{path}: {(int)response.StatusCode} {text}");
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        });
    }

    private async Task<string> SubmitAsync()
    {
        using StringContent content = new(Submissions[0], Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _host.Http.PostAsync("/api/executions", content);
        using System.Text.Json.JsonDocument answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    // What a client would not send by itself goes in escapes; what parts a query stays.
    private static string Escape(byte[] text) => string.Concat(text.Select(b => b is > 0x20 and < 0x7f and not (byte)'#' and not (byte)'"' and not (byte)'<' and not (byte)'>' and not (byte)'\\' ? ((char)b).ToString() : $"%{b:X2}"));
}
