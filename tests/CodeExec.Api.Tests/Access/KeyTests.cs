using System.Net;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Api.Tests.Live;
using CodeExec.Core.Access;

namespace CodeExec.Api.Tests.Access;

public sealed class KeyTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync(("Auth:FailuresPerMinute", "5"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Make_ThenUseThenRevoke_WorksAndStopsAtOnce()
    {
        Answer made = await _host.PostAsync("/api/keys", """{"name":"course","role":"submitter"}""", ApiHost.AdminKey);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        string key = made.Json.GetProperty("key").GetString()!, id = made.Json.GetProperty("id").GetString()!;
        Assert.StartsWith("cex_" + id + "_", key, StringComparison.Ordinal);

        await _host.SubmitAsync("", key);
        Answer listed = await _host.GetAsync("/api/keys", ApiHost.AdminKey);
        Assert.DoesNotContain(key, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKeyText.Hash(key), listed.Text, StringComparison.Ordinal);
        Assert.Equal("course", listed.Json.GetProperty("items")[0].GetProperty("name").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, "/api/keys/" + id, null, ApiHost.AdminKey)).Status);
        (await _host.GetAsync("/api/executions", key)).IsProblem(401, "unauthenticated");
        Assert.DoesNotContain(_host.Log.Lines, line => line.Text.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoke_WhileAStreamIsOpen_EndsTheStream()
    {
        Answer made = await _host.PostAsync("/api/keys", """{"name":"viewer","role":"reader"}""", ApiHost.AdminKey);
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events", made.Json.GetProperty("key").GetString());
        await viewer.NextAsync();

        await _host.SendAsync(HttpMethod.Delete, "/api/keys/" + made.Json.GetProperty("id").GetString(), null, ApiHost.AdminKey);

        // Ends although the execution goes on: nothing would end it otherwise.
        await viewer.AllAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"role":"reader"}""", "name")]
    [InlineData("""{"name":"x","role":"root"}""", "role")]
    [InlineData("""{"name":"x","tenant":"../x"}""", "tenant")]
    [InlineData("""{"name":"x","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","hash":"abc"}""", "hash")]
    [InlineData("""{"name":7}""", "name")]
    public async Task Make_BadBody_Is400(string body, string field)
        => (await _host.PostAsync("/api/keys", body, ApiHost.AdminKey)).IsProblem(400, "invalid-request").HasError(field);

    [Fact]
    public async Task Keys_OfAnotherTenantsAdmin_AreApart()
    {
        Answer made = await _host.PostAsync("/api/keys", """{"name":"mine"}""", ApiHost.AdminKey);
        string id = made.Json.GetProperty("id").GetString()!;

        Assert.Equal("[]", (await _host.GetAsync("/api/keys", ApiHost.OtherKey)).Json.GetProperty("items").GetRawText());
        (await _host.SendAsync(HttpMethod.Delete, "/api/keys/" + id, null, ApiHost.OtherKey)).IsProblem(404, "not-found");
        (await _host.PostAsync("/api/keys", """{"name":"x","tenant":"default"}""", ApiHost.OtherKey)).IsProblem(400, "invalid-request").HasError("tenant");
        Answer theirs = await _host.PostAsync("/api/keys", """{"name":"theirs"}""", ApiHost.OtherKey);
        Assert.Equal("other", theirs.Json.GetProperty("tenant").GetString());
    }

    [Fact]
    public async Task Key_InXApiKey_IsTakenToo()
        => Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Get, "/api/languages", null, null, ("X-Api-Key", ApiHost.ReaderKey))).Status);

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("admin-key-of-the-tests")]
    [InlineData("Bearer admin-key-of-the-test")]
    [InlineData("Bearer admin-key-of-the-testsX")]
    [InlineData("Bearer ADMIN-KEY-OF-THE-TESTS")]
    [InlineData("Bearer cex_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00000000")]
    public async Task Credential_Wrong_Is401WithWwwAuthenticate(string authorization)
    {
        Answer answer = await _host.SendAsync(HttpMethod.Get, "/api/executions", null, null, ("Authorization", authorization));

        answer.IsProblem(401, "unauthenticated");
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_Missing_Is401EverywhereButInPublic()
    {
        foreach (string path in new[] { "/api/executions", "/api/executions/x", "/api/executions/x/logs", "/api/executions/x/events", "/api/languages", "/stats", "/metrics", "/api/keys", "/api/executions/metrics" })
        {
            (await _host.GetAsync(path)).IsProblem(401, "unauthenticated");
        }

        foreach (string path in new[] { "/health", "/openapi/v1.json", "/docs", "/docs/docs.js", "/docs/docs.css", "/docs/view", "/docs/view.js", "/docs/frame" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(path)).Status);
        }
    }

    [Theory]
    [InlineData("api_key")]
    [InlineData("access_token")]
    [InlineData("key")]
    [InlineData("TOKEN")]
    public async Task Key_InTheQuery_Is401EvenBesideAGoodOne(string name)
        => (await _host.GetAsync($"/api/executions?{name}={ApiHost.ReaderKey}", ApiHost.ReaderKey)).IsProblem(401, "unauthenticated");

    [Fact]
    public async Task Credentials_ThatDiffer_Are401()
        => (await _host.SendAsync(HttpMethod.Get, "/api/executions", null, ApiHost.ReaderKey, ("X-Api-Key", ApiHost.AdminKey))).IsProblem(401, "unauthenticated");

    [Fact]
    public async Task Roles_BelowWhatIsNeeded_Are403()
    {
        (await _host.PostAsync("/api/executions", "{}", ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        (await _host.SendAsync(HttpMethod.Post, "/api/executions/x/stop", null, ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        (await _host.SendAsync(HttpMethod.Delete, "/api/executions/x", null, ApiHost.ReaderKey)).IsProblem(403, "forbidden");
        (await _host.GetAsync("/api/keys", ApiHost.SubmitterKey)).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.PostAsync("/execute", "{}", ApiHost.ReaderKey)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.PostAsync("/api/v2/execute", "{}", ApiHost.ReaderKey)).Status);
    }

    [Fact]
    public async Task SomeoneElsesExecution_Is404InEveryRoute()
    {
        string id = await _host.SubmitAsync("secret", ApiHost.SubmitterKey);

        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Get, ""), (HttpMethod.Post, "/stop"), (HttpMethod.Delete, ""), (HttpMethod.Get, "/logs"), (HttpMethod.Get, "/logs/stream"),
            (HttpMethod.Get, "/logs/stats"), (HttpMethod.Get, "/events"), (HttpMethod.Get, "/artifacts/a.txt"),
        })
        {
            (await _host.SendAsync(method, $"/api/executions/{id}{path}", null, ApiHost.OtherKey)).IsProblem(404, "not-found");
        }

        Assert.Equal("[]", (await _host.GetAsync("/api/executions", ApiHost.OtherKey)).Json.GetProperty("items").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/executions/" + id, ApiHost.ReaderKey)).Status);
    }

    [Fact]
    public async Task Spraying_IsHeldBackAndValidKeysAreNot()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/api/languages", "wrong-key-" + i)).Status);
        }

        Answer held = (await _host.GetAsync("/api/languages", "wrong-key-again")).IsProblem(429, "too-many-failures");
        Assert.InRange(int.Parse(held.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/languages", ApiHost.ReaderKey)).Status);
        (await _host.GetAsync("/api/languages")).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public void KeyText_Made_IsFoundAgainAndNotWhenChanged()
    {
        (string id, string key) = ApiKeyText.Create();

        Assert.True(ApiKeyText.TryParse(key, out string found));
        Assert.Equal(id, found);
        for (int i = 0; i < key.Length; i++)
        {
            char other = key[i] == 'a' ? 'b' : 'a';
            Assert.False(ApiKeyText.TryParse(key[..i] + other + key[(i + 1)..], out _));
        }

        Assert.False(ApiKeyText.TryParse(key[..^1], out _));
        Assert.False(ApiKeyText.TryParse(null, out _));
        Assert.NotEqual(key, ApiKeyText.Create().Key);
    }
}
