using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Attempts;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Access;

/// <summary>Students submit as themselves, and see what is their own.</summary>
public sealed class StudentTests : IAsyncLifetime
{
    private const string Program = """{"language":"python","code":"","stdin":"x"}""", Key = "a-key-of-a-student-here";

    private static readonly string Ann = Tokens.Hs256(Tokens.Claims(("role", "student"), ("sub", "ann"))), Bob = Tokens.Hs256(Tokens.Claims(("role", "student"), ("sub", "bob")));

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(null,
    [
        ("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:Jwt:Keys:0:Algorithm", "HS256"), ("Auth:Jwt:Keys:0:Secret", Tokens.Secret),
        ("Auth:Keys:0:Name", "admin"), ("Auth:Keys:0:Key", ApiHost.AdminKey), ("Auth:Keys:0:Role", "admin"),
        ("Auth:Keys:1:Name", "carl"), ("Auth:Keys:1:Key", Key), ("Auth:Keys:1:Role", "student"),
    ]);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Submission_OfAStudent_HasTheNameOfTheTokenOrTheKey()
    {
        Assert.Equal("ann", (await _host.PostAsync("/api/executions", Program, Ann)).Json.GetProperty("student").GetString());
        Assert.Equal("carl", (await _host.PostAsync("/api/executions", Program, Key)).Json.GetProperty("student").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync("/api/executions", Named("ann"), Ann)).Status);
        (await _host.PostAsync("/api/executions", Named("bob"), Ann)).IsProblem(403, "forbidden");
        Assert.Equal("bob", (await _host.PostAsync("/api/executions", Named("bob"), ApiHost.AdminKey)).Json.GetProperty("student").GetString());
        (await _host.PostAsync("/api/executions", Named(" bob"), ApiHost.AdminKey)).HasError("student");
    }

    [Fact]
    public async Task Execution_OfAnother_IsNotThere()
    {
        string id = (await _host.PostAsync("/api/executions?wait=10", Program, Ann)).Json.GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync($"/api/executions/{id}", Ann)).Status);
        foreach (string part in new[] { "", "/logs", "/logs/stats", "/logs/stream", "/events", "/outputs/run/stdout" })
        {
            (await _host.GetAsync($"/api/executions/{id}{part}", Bob)).IsProblem(404, "not-found");
        }

        (await _host.PostAsync($"/api/executions/{id}/stop", "", Bob)).IsProblem(404, "not-found");
        (await _host.PostAsync($"/api/executions/{id}/rerun", "", Bob)).IsProblem(404, "not-found");
        string teachers = (await _host.PostAsync("/api/executions", Program, ApiHost.AdminKey)).Json.GetProperty("id").GetString()!;
        (await _host.GetAsync($"/api/executions/{teachers}", Bob)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Key_OfTwoStudents_IsOneForEach()
    {
        Answer ann = await _host.PostAsync("/api/executions", Program, Ann, ("Idempotency-Key", "homework-1")), bob = await _host.PostAsync("/api/executions", Program, Bob, ("Idempotency-Key", "homework-1"));

        Assert.NotEqual(ann.Json.GetProperty("id").GetString(), bob.Json.GetProperty("id").GetString());
        Assert.Equal(ann.Json.GetProperty("id").GetString(), (await _host.PostAsync("/api/executions", Program, Ann, ("Idempotency-Key", "homework-1"))).Json.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/executions/metrics")]
    [InlineData("GET", "/api/batches")]
    [InlineData("GET", "/api/specifications")]
    [InlineData("GET", "/api/reviews")]
    [InlineData("GET", "/api/keys")]
    [InlineData("GET", "/stats")]
    [InlineData("POST", "/execute")]
    [InlineData("POST", "/api/batches")]
    [InlineData("POST", "/api/problems")]
    [InlineData("POST", "/api/problems/sum/attempts")]
    [InlineData("DELETE", "/api/executions/0")]
    public async Task Endpoint_ThatIsNotForStudents_Is403(string method, string path)
        => Assert.Equal(HttpStatusCode.Forbidden, (await _host.SendAsync(new(method), path, method == "POST" ? "{}" : null, Ann)).Status);

    [Fact]
    public async Task Attempts_OfAProblem_AreSeenByTheStudentAndAllByOthers()
    {
        await _host.PostAsync("/api/problems", """{"id":"sum","title":"Sum","attempts":{"max":2,"per":"PT1H","pause":"PT1M"},"tests":[{"stdin":"1","expected":"1"}]}""", ApiHost.AdminKey);
        AttemptSubject subject = new(TenantId.Default, AttemptKind.Problem, "sum");
        AttemptRules rules = new() { Max = 2, Per = TimeSpan.FromHours(1) };
        foreach (string student in new[] { "ann", "bob" })
        {
            await _host.Services.GetRequiredService<AttemptLedger>().TakeAsync(subject, student, rules, new Attempt { Id = student, At = default, Work = student }, CancellationToken.None);
        }

        Answer ann = await _host.GetAsync("/api/problems/sum/attempts", Ann);
        Assert.Equal(("ann", 1, 1), (ann.Json.GetProperty("student").GetString(), ann.Json.GetProperty("used").GetInt32(), ann.Json.GetProperty("left").GetInt32()));
        Assert.Equal("PT1H", ann.Json.GetProperty("rules").GetProperty("per").GetString());
        Assert.Equal("1", ann.Headers["X-Attempts-Left"]);
        (await _host.GetAsync("/api/problems/sum/attempts?student=bob", Ann)).IsProblem(403, "forbidden");
        (await _host.GetAsync("/api/problems/other/attempts", Ann)).IsProblem(404, "not-found");
        JsonElement all = (await _host.GetAsync("/api/problems/sum/attempts", ApiHost.AdminKey)).Json;
        Assert.Equal(["ann", "bob"], all.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("student").GetString()).Order());

        Answer page = await _host.GetAsync("/api/problems/sum/attempts?limit=1", ApiHost.AdminKey);
        Answer next = await _host.GetAsync($"/api/problems/sum/attempts?limit=1&cursor={page.Json.GetProperty("cursor").GetString()}", ApiHost.AdminKey);
        Assert.Null(next.Json.GetProperty("cursor").GetString());
        Assert.NotEqual(page.Json.GetProperty("items").GetRawText(), next.Json.GetProperty("items").GetRawText());
    }

    [Fact]
    public async Task Attempts_MoreAreGiven_WithWhoWhenAndWhy()
    {
        await _host.PostAsync("/api/problems", """{"id":"sum","title":"Sum","attempts":{"max":1},"tests":[{"stdin":"1","expected":"1"}]}""", ApiHost.AdminKey);

        Answer given = await _host.PostAsync("/api/problems/sum/attempts", """{"student":"ann","attempts":2,"reason":"was ill"}""", ApiHost.AdminKey, ("Idempotency-Key", "k"));
        await _host.PostAsync("/api/problems/sum/attempts", """{"student":"ann","attempts":2,"reason":"was ill"}""", ApiHost.AdminKey, ("Idempotency-Key", "k"));

        Assert.Equal((3, 2), (given.Json.GetProperty("left").GetInt32(), given.Json.GetProperty("given").GetInt32()));
        JsonElement grant = Assert.Single((await _host.GetAsync("/api/problems/sum/attempts?student=ann", ApiHost.AdminKey)).Json.GetProperty("grants").EnumerateArray());
        Assert.Equal(("was ill", "admin", 2), (grant.GetProperty("reason").GetString(), grant.GetProperty("by").GetString(), grant.GetProperty("attempts").GetInt32()));
        Answer wrong = await _host.PostAsync("/api/problems/sum/attempts", """{"student":"","attempts":0,"reason":" "}""", ApiHost.AdminKey);
        Assert.All(["student", "attempts", "reason"], field => wrong.HasError(field));
    }

    [Fact]
    public async Task Token_OfAStudentWithoutASubject_IsNone()
        => (await _host.GetAsync("/api/problems", Tokens.Hs256(Tokens.Claims(("role", "student"), ("sub", null))))).IsProblem(401, "unauthenticated");

    private static string Named(string student) => JsonSerializer.Serialize(new { language = "python", code = "", student });
}
