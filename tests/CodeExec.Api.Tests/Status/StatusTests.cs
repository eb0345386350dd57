using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Status;

public sealed class StatusTests
{
    [Theory]
    [InlineData(DependencyHealth.Up, 200, "healthy")]
    [InlineData(DependencyHealth.Degraded, 200, "degraded")]
    [InlineData(DependencyHealth.Down, 503, "unhealthy")]
    public async Task Health_IsThatOfTheWorstDependency(DependencyHealth health, int status, string name)
    {
        await using ApiHost host = await ApiHost.StartWithKeysAsync(services => services
            .AddSingleton<IDependencyCheck>(new Check("store", () => Task.FromResult(DependencyState.Up)))
            .AddSingleton<IDependencyCheck>(new Check("cells", () => Task.FromResult(new DependencyState(health, health == DependencyHealth.Up ? null : "No cgroups: …")))));

        Answer answer = await host.GetAsync("/health");

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(name, answer.Json.GetProperty("status").GetString());
        Assert.Equal(["store", "cells"], answer.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.Equal(name, answer.Json.GetProperty("checks")[1].GetProperty("status").GetString());
        Assert.Equal(status, (int)(await host.SendAsync(HttpMethod.Head, "/health")).Status);
    }

    [Fact]
    public async Task Health_DependencyThrows_IsDownAndTheReasonStaysInTheLog()
    {
        await using ApiHost host = await ApiHost.StartWithKeysAsync(services => services
            .AddSingleton<IDependencyCheck>(new Check("store", () => throw new InvalidOperationException("/secret/path"))));

        Answer answer = await host.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.DoesNotContain("/secret/path", answer.Text, StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line.Text.Contains("/secret/path", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stats_TellWorkPoolAndProcess()
    {
        await using ApiHost host = await ApiHost.StartWithKeysAsync(services => services.AddSingleton<IMetricsSource>(new Pool()));
        await host.SubmitAsync("", ApiHost.SubmitterKey);
        host.Executions.OnAccepted = (_, _, _) => Task.CompletedTask;
        await host.SubmitAsync("", ApiHost.SubmitterKey);

        JsonElement stats = (await host.GetAsync("/stats", ApiHost.ReaderKey)).Json;

        Assert.Equal(0, stats.GetProperty("active").GetInt32());
        Assert.Equal(1, stats.GetProperty("queued").GetInt32());
        Assert.Equal(1, stats.GetProperty("executions").GetProperty("completed").GetInt32());
        Assert.Equal(1, stats.GetProperty("lastHour").GetProperty("total").GetInt32());
        Assert.Equal(3, stats.GetProperty("engine").GetProperty("active").GetProperty("execution").GetInt32());
        Assert.Equal(4, stats.GetProperty("pool").GetProperty("pool_ready_cells{language=python}").GetDouble());
        Assert.True(stats.GetProperty("process").GetProperty("memoryBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Metrics_ArePrometheusText()
    {
        ExecutionDurations durations = new();
        durations.Observe("python", ExecutionStatus.Completed, TimeSpan.FromMilliseconds(7));
        durations.Observe("python", ExecutionStatus.Completed, TimeSpan.FromMinutes(10));
        await using ApiHost host = await ApiHost.StartWithKeysAsync(services => services.AddSingleton<IMetricsSource>(new Pool()).AddSingleton(durations));
        await host.SubmitAsync("", ApiHost.SubmitterKey);

        Answer answer = await host.GetAsync("/metrics", ApiHost.ReaderKey);

        Assert.Equal("text/plain", answer.ContentType);
        string[] lines = answer.Text.Split('\n');
        Assert.Contains("codeexec_executions{status=\"completed\"} 1", lines);
        Assert.Contains("codeexec_orchestrations_pending{orchestration=\"execution\"} 2", lines);
        Assert.Contains("codeexec_pool_ready_cells{language=\"python\"} 4", lines);
        Assert.Contains("codeexec_odd{name=\"a\\\"b\\\\c\\n\"} 0.5", lines);
        Assert.Contains("# TYPE codeexec_execution_duration_seconds histogram", lines);
        Assert.Contains("codeexec_execution_duration_seconds_bucket{language=\"python\",status=\"completed\",le=\"0.005\"} 0", lines);
        Assert.Contains("codeexec_execution_duration_seconds_bucket{language=\"python\",status=\"completed\",le=\"0.01\"} 1", lines);
        Assert.Contains("codeexec_execution_duration_seconds_bucket{language=\"python\",status=\"completed\",le=\"+Inf\"} 2", lines);
        Assert.Contains("codeexec_execution_duration_seconds_count{language=\"python\",status=\"completed\"} 2", lines);
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Matches(@"^(# (HELP|TYPE) codeexec_\w+ .+|codeexec_\w+(\{.*\})? [-+0-9.eEInfNa]+)$", line));
        string[] types = [.. lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal))];
        Assert.Equal(types.Length, types.Distinct().Count());
    }

    [Fact]
    public async Task Languages_AreListedInstalledFirst()
    {
        await using ApiHost host = await ApiHost.StartAsync();

        JsonElement[] languages = [.. (await host.GetAsync("/api/languages")).Json.EnumerateArray()];

        Assert.Equal(KnownLanguages.Catalog.All.Count, languages.Length);
        JsonElement python = languages.Single(one => one.GetProperty("id").GetString() == "python");
        Assert.Equal("3.11.2", python.GetProperty("version").GetString());
        Assert.Equal("main.py", python.GetProperty("fileName").GetString());
        Assert.Equal("python3 {entry}", python.GetProperty("runCommand").GetString());
        Assert.Equal(JsonValueKind.Null, python.GetProperty("compileCommand").ValueKind);
        Assert.Equal(10_000, python.GetProperty("limits").GetProperty("wallTimeMs").GetInt32());
        JsonElement cpp = languages.Single(one => one.GetProperty("id").GetString() == "cpp");
        Assert.Equal("c++17", cpp.GetProperty("version").GetString());
        Assert.StartsWith("g++ -O2", cpp.GetProperty("compileCommand").GetString(), StringComparison.Ordinal);
        Assert.Equal("go", languages[^1].GetProperty("id").GetString());
        Assert.False(languages[^1].GetProperty("available").GetBoolean());
        Assert.Contains("apt-get install", languages[^1].GetProperty("installCommand").GetString(), StringComparison.Ordinal);
    }

    private sealed class Check(string name, Func<Task<DependencyState>> check) : IDependencyCheck
    {
        public string Name { get; } = name;

        public Task<DependencyState> CheckAsync(CancellationToken cancellationToken) => check();
    }

    private sealed class Pool : IMetricsSource
    {
        public IEnumerable<Metric> Collect() =>
        [
            new("pool_ready_cells", "Cells that wait.", MetricKind.Gauge, 4, new MetricLabel("language", "python")),
            new("odd", "A name\nto escape.", MetricKind.Gauge, 0.5, new MetricLabel("name", "a\"b\\c\n")),
        ];
    }
}
