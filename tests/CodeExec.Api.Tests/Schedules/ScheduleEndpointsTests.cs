using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Schedules;

public sealed class ScheduleEndpointsTests : IAsyncLifetime
{
    private const string Nightly = """
        {"name":"nightly","cron":"0 3 * * MON-FRI","timeZone":"Europe/Berlin","overlap":"replace","missed":"skip","endsAt":"2090-01-01T00:00:00+01:00",
         "execution":{"language":"python","code":"print(1)","secrets":{"TOKEN":"sesame"},"callback":{"url":"https://example.com/","secret":"0123456789abcdef"}}}
        """;

    private readonly AcceptingEngine _engine = new();
    private ApiHost _host = null!;

    public async Task InitializeAsync()
        => _host = await ApiHost.StartWithKeysAsync(services => services.AddSingleton<IOrchestrationEngine>(_engine), ("Schedules:MostOfATenant", "3"), ("Schedules:ShortestInterval", "00:05:00"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_ASchedule_IsMadeWithItsNextTimes()
    {
        Answer made = await _host.PostAsync("/api/schedules", Nightly, ApiHost.SubmitterKey);

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal($"/api/schedules/{IdOf(made)}", made.Headers["Location"]);
        Assert.Equal(("active", "execution", "replace", "skip", "Europe/Berlin"), (Text(made, "state"), Text(made, "kind"), Text(made, "overlap"), Text(made, "missed"), Text(made, "timeZone")));
        DateTimeOffset[] next = [.. made.Json.GetProperty("nextRuns").EnumerateArray().Select(time => time.GetDateTimeOffset())];
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal(5, next.Length);
        Assert.All(next, time => Assert.Equal((3, 0), (TimeZoneInfo.ConvertTime(time, berlin).Hour, TimeZoneInfo.ConvertTime(time, berlin).Minute)));
        Assert.DoesNotContain(next, time => TimeZoneInfo.ConvertTime(time, berlin).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.Equal([$"schedule-{IdOf(made)}"], _engine.Started);
    }

    [Fact]
    public async Task Get_WhatItStarts_IsShownToAdminsAndItsSecretsToNobody()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.SubmitterKey));

        Answer admins = await _host.GetAsync($"/api/schedules/{id}", ApiHost.AdminKey), readers = await _host.GetAsync($"/api/schedules/{id}", ApiHost.ReaderKey);

        Assert.Equal("""{"language":"python","code":"print(1)","secrets":{"TOKEN":"***"},"callback":{"url":"https://example.com/","secret":"***"}}""", admins.Json.GetProperty("execution").GetRawText());
        Assert.False(readers.Json.TryGetProperty("execution", out _));
        Assert.DoesNotContain("code", (await _host.GetAsync("/api/schedules", ApiHost.AdminKey)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_OfAnotherTenantOrWithoutTheRole_IsRefused()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.SubmitterKey));

        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Put, ""), (HttpMethod.Patch, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/pause"), (HttpMethod.Post, "/resume"), (HttpMethod.Post, "/run") })
        {
            string? body = path.Length == 0 && method != HttpMethod.Delete ? Nightly : null;
            (await _host.SendAsync(method, $"/api/schedules/{id}{path}", body, ApiHost.OtherKey)).IsProblem(404, "not-found");
            (await _host.SendAsync(method, $"/api/schedules/{id}{path}", body, ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        }

        (await _host.GetAsync($"/api/schedules/{id}", ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await _host.GetAsync($"/api/schedules/{id}/runs", ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await _host.GetAsync("/api/schedules/no-id", ApiHost.AdminKey)).IsProblem(404, "not-found");
        (await _host.PostAsync("/api/schedules", Nightly, ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        Assert.Equal(0, (await _host.GetAsync("/api/schedules", ApiHost.OtherKey)).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Post_UnderOneKey_IsOneScheduleAndAnotherBodyIsRefused()
    {
        Answer first = await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey, ("Idempotency-Key", "k"));
        Answer again = await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey, ("Idempotency-Key", "k"));

        Assert.Equal((HttpStatusCode.OK, IdOf(first)), (again.Status, IdOf(again)));
        (await _host.PostAsync("/api/schedules", Nightly.Replace("nightly", "other", StringComparison.Ordinal), ApiHost.AdminKey, ("Idempotency-Key", "k"))).IsProblem(409, "idempotency-conflict");
    }

    [Fact]
    public async Task Post_MoreThanATenantMayHave_IsRefusedAndLeavesNothing()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey)).Status);
        }

        Answer refused = (await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey)).IsProblem(400, "invalid-request");
        Assert.Contains("3 at most", refused.Text, StringComparison.Ordinal);
        Assert.Equal(3, await _host.Services.GetRequiredService<IBlobStore>().ListAsync("schedules/", default).CountAsync());
        Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/schedules", Nightly, ApiHost.OtherKey)).Status);
    }

    [Theory]
    [InlineData("""{"cron":"* * * * *","execution":{"language":"python","code":"1"}}""", "cron", "5 minutes at least")]
    [InlineData("""{"cron":"0 0 * *","execution":{"language":"python","code":"1"}}""", "cron", "five fields")]
    [InlineData("""{"execution":{"language":"python","code":"1"}}""", "cron", "five fields")]
    [InlineData("""{"cron":"@daily","timeZone":"Berlin","execution":{"language":"python","code":"1"}}""", "timeZone", "no time zone")]
    [InlineData("""{"cron":"@daily","timeZone":"../../etc/passwd","execution":{"language":"python","code":"1"}}""", "timeZone", "no time zone")]
    [InlineData("""{"cron":"@daily","endsAt":"2020-01-01T00:00:00Z","execution":{"language":"python","code":"1"}}""", "endsAt", "No time")]
    [InlineData("""{"cron":"@daily","overlap":"queue","execution":{"language":"python","code":"1"}}""", "overlap", "skip, allow, replace")]
    [InlineData("""{"cron":"@daily","missed":"all","execution":{"language":"python","code":"1"}}""", "missed", "runOnce, skip")]
    [InlineData("""{"cron":"@daily"}""", "execution", "Say what to start")]
    [InlineData("""{"cron":"@daily","execution":{"language":"python","code":"1"},"batch":{}}""", "batch", "not both")]
    [InlineData("""{"cron":"@daily","execution":{"language":"python","code":"1","delayMs":5}}""", "execution.delayMs", "The schedule says when")]
    [InlineData("""{"cron":"@daily","execution":{"language":"python","code":"1","hello":5}}""", "execution.hello", "no such member")]
    [InlineData("""{"cron":"@daily","execution":{"language":"klingon","code":"1"}}""", "execution.language", "not known")]
    [InlineData("""{"cron":"@daily","execution":{"language":"python","code":"1","problem":{"id":"none"}}}""", "execution.problem", "problem")]
    [InlineData("""{"cron":"@daily","batch":{"tests":[{"expected":"1"}],"submissions":[]}}""", "batch.submissions", "at least one")]
    [InlineData("""{"cron":"@daily","batch":{"tests":[{"expected":"1"}],"startAt":"2090-01-01T00:00:00Z","submissions":[{"language":"python","code":"1"}]}}""", "batch.startAt", "The schedule says when")]
    [InlineData("""{"cron":"@daily","hello":1,"execution":{"language":"python","code":"1"}}""", "hello", "no such member")]
    public async Task Post_SomethingWrong_IsSaidByField(string body, string field, string message)
    {
        Answer refused = (await _host.PostAsync("/api/schedules", body, ApiHost.AdminKey)).IsProblem(400, "invalid-request");

        Assert.Contains(message, refused.Json.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_OfSome_LeavesTheOthersAndPutDoesNot()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey));

        Answer patched = await _host.SendAsync(HttpMethod.Patch, $"/api/schedules/{id}", """{"cron":"@hourly"}""", ApiHost.AdminKey);
        Assert.Equal(("nightly", "@hourly", "replace"), (Text(patched, "name"), Text(patched, "cron"), Text(patched, "overlap")));
        Assert.Equal("print(1)", patched.Json.GetProperty("execution").GetProperty("code").GetString());

        Answer put = await _host.SendAsync(HttpMethod.Put, $"/api/schedules/{id}", """{"cron":"@daily","batch":{"tests":[{"expected":"1"}],"submissions":[{"language":"python","code":"2"}]}}""", ApiHost.AdminKey);
        Assert.Equal((null, "@daily", "UTC", "skip", "batch"), (Text(put, "name"), Text(put, "cron"), Text(put, "timeZone"), Text(put, "overlap"), Text(put, "kind")));
        Assert.Equal(JsonValueKind.Null, put.Json.GetProperty("endsAt").ValueKind);
        (await _host.SendAsync(HttpMethod.Put, $"/api/schedules/{id}", """{"cron":"@daily"}""", ApiHost.AdminKey)).IsProblem(400, "invalid-request");
        Assert.Equal(2, _engine.Raised.Count(one => one == ($"schedule-{id}", "changed")));
        Assert.Equal(1, await _host.Services.GetRequiredService<IBlobStore>().ListAsync("schedules/", default).CountAsync());
    }

    [Fact]
    public async Task PauseAndResume_Repeated_AreHarmless()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey));

        foreach ((string verb, string state, int next) in new[] { ("pause", "paused", 0), ("pause", "paused", 0), ("resume", "active", 5), ("resume", "active", 5) })
        {
            Answer answer = await _host.SendAsync(HttpMethod.Post, $"/api/schedules/{id}/{verb}", null, ApiHost.SubmitterKey);
            Assert.Equal((state, next), (Text(answer, "state"), answer.Json.GetProperty("nextRuns").GetArrayLength()));
        }
    }

    [Fact]
    public async Task Run_Now_StartsWhatItIsThereFor()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.SubmitterKey));

        Answer run = await _host.SendAsync(HttpMethod.Post, $"/api/schedules/{id}/run", null, ApiHost.SubmitterKey);

        Assert.Equal((HttpStatusCode.Accepted, "started", true), (run.Status, Text(run, "outcome"), run.Json.GetProperty("manual").GetBoolean()));
        Answer execution = await _host.GetAsync(run.Headers["Location"], ApiHost.ReaderKey);
        Assert.Equal(id, execution.Json.GetProperty("labels").GetProperty("schedule").GetString());
        JsonElement listed = Assert.Single((await _host.GetAsync($"/api/schedules/{id}/runs", ApiHost.ReaderKey)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(Text(run, "execution"), listed.GetProperty("execution").GetString());
        Assert.Equal(Text(run, "execution"), (await _host.GetAsync($"/api/schedules/{id}", ApiHost.ReaderKey)).Json.GetProperty("lastRun").GetProperty("execution").GetString());
    }

    [Fact]
    public async Task Delete_ASchedule_ForgetsIt()
    {
        string id = IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey));

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, $"/api/schedules/{id}", null, ApiHost.AdminKey)).Status);

        (await _host.SendAsync(HttpMethod.Delete, $"/api/schedules/{id}", null, ApiHost.AdminKey)).IsProblem(404, "not-found");
        Assert.Empty(_engine.Started);
        Assert.Equal(0, await _host.Services.GetRequiredService<IBlobStore>().ListAsync("schedules/", default).CountAsync());
    }

    [Fact]
    public async Task List_OfMany_ComesInPagesNewestFirst()
    {
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => IdOf(await _host.PostAsync("/api/schedules", Nightly, ApiHost.AdminKey))))];

        Answer first = await _host.GetAsync("/api/schedules?limit=1", ApiHost.ReaderKey);
        Answer second = await _host.GetAsync($"/api/schedules?limit=1&cursor={Text(first, "cursor")}", ApiHost.ReaderKey);

        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), new[] { first, second }.Select(page => Assert.Single(page.Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!));
        Assert.Null(Text(second, "cursor"));
    }

    private static string IdOf(Answer answer) => answer.Status is HttpStatusCode.Created or HttpStatusCode.OK ? Text(answer, "id")! : throw new InvalidOperationException(answer.Text);

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();
}
