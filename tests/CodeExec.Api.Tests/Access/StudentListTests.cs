using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;
using static CodeExec.Api.Tests.Access.Students;

namespace CodeExec.Api.Tests.Access;

/// <summary>Students find what is their own, and nothing else.</summary>
public sealed class StudentListTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await StartHostAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/api/executions")]
    [InlineData("/api/executions/history")]
    public async Task Executions_OfAStudent_AreTheStudentsOwnNewestFirstPageByPage(string path)
    {
        string[] anns = [await CreateAsync("ann", "sum", 0), await CreateAsync("ann", null, 2), await CreateAsync("ann", "max", 4)];
        string bobs = await CreateAsync("bob", "sum", 1), nobodys = await CreateAsync(null, "sum", 3);

        Assert.Equal(anns.Reverse(), Ids(await _host.GetAsync(path, Ann)));
        Assert.Equal(anns.Reverse(), Ids(await _host.GetAsync($"{path}?student=ann", Ann)));
        Answer page = await _host.GetAsync($"{path}?limit=2", Ann);
        Assert.Equal(anns[1..].Reverse(), Ids(page));
        Assert.Equal(anns[..1], Ids(await _host.GetAsync($"{path}?limit=2&cursor={page.Json.GetProperty("cursor").GetString()}", Ann)));
        (await _host.GetAsync($"{path}?student=bob", Ann)).IsProblem(403, "forbidden");
        Assert.Equal([bobs], Ids(await _host.GetAsync(path, Bob)));

        Assert.Equal([bobs], Ids(await _host.GetAsync($"{path}?student=bob", ApiHost.AdminKey)));
        Assert.Equal([nobodys, bobs, anns[0]], Ids(await _host.GetAsync($"{path}?problem=sum", ApiHost.AdminKey)));
        Assert.Equal(5, Ids(await _host.GetAsync(path, ApiHost.AdminKey)).Length);
    }

    [Fact]
    public async Task SubmissionsOfAProblem_AreTheStudentsOwnAndAllForOthers()
    {
        string anns = await CreateAsync("ann", "sum", 0), bobs = await CreateAsync("bob", "sum", 1);
        await CreateAsync("ann", "max", 2);

        Answer own = await _host.GetAsync("/api/problems/sum/submissions", Ann);

        Assert.Equal([anns], Ids(own));
        Assert.Equal(("sum", 1), (own.Json.GetProperty("items")[0].GetProperty("problem").GetProperty("id").GetString(), own.Json.GetProperty("items")[0].GetProperty("problem").GetProperty("version").GetInt32()));
        (await _host.GetAsync("/api/problems/sum/submissions?student=bob", Ann)).IsProblem(403, "forbidden");
        Assert.Equal([bobs, anns], Ids(await _host.GetAsync("/api/problems/sum/submissions", ApiHost.AdminKey)));
        Assert.Equal([bobs], Ids(await _host.GetAsync("/api/problems/sum/submissions?student=bob", ApiHost.AdminKey)));
    }

    [Fact]
    public async Task SubmissionsOfAChallenge_AreTheStudentsOwnAndAllForOthers()
    {
        Answer challenge = await _host.PostAsync(
            "/api/challenges", """{"title":"Echo","specifications":{"requirements":["echoes"]},"testCases":[{"stdin":"a","expected":"a"}]}""", ApiHost.AdminKey);
        string id = challenge.Json.GetProperty("id").GetString()!, path = $"/api/challenges/{id}/submissions";
        string[] anns = [await SubmittedAsync(id, "ann", 0), await SubmittedAsync(id, "ann", 2)];
        string bobs = await SubmittedAsync(id, "bob", 1), nobodys = await SubmittedAsync(id, null, 3);

        Assert.Equal(anns.Reverse(), Ids(await _host.GetAsync(path, Ann)));
        Answer page = await _host.GetAsync($"{path}?limit=1", Ann);
        Assert.Equal([anns[0]], Ids(await _host.GetAsync($"{path}?limit=1&cursor={page.Json.GetProperty("cursor").GetString()}", Ann)));
        (await _host.GetAsync($"{path}?student=bob", Ann)).IsProblem(403, "forbidden");
        Assert.Equal([nobodys, anns[1], bobs, anns[0]], Ids(await _host.GetAsync(path, ApiHost.AdminKey)));
        Assert.Equal([bobs], Ids(await _host.GetAsync($"{path}?student=bob", ApiHost.AdminKey)));
        (await _host.GetAsync("/api/challenges/none/submissions", Ann)).IsProblem(404, "not-found");
    }

    private static string[] Ids(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private async Task<string> CreateAsync(string? student, string? problem, int second)
    {
        ExecutionRecord record = ExecutionSamples.Queued(ExecutionSamples.Start.AddSeconds(second)) with { Student = student, Problem = problem is null ? null : new ProblemVersion(problem, 1) };
        await _host.Services.GetRequiredService<IExecutionStore>().CreateAsync(record, ExecutionSamples.Spec(), null, CancellationToken.None);
        return record.Id.ToString();
    }

    private async Task<string> SubmittedAsync(string challenge, string? student, int second)
    {
        DateTimeOffset at = ExecutionSamples.Start.AddSeconds(second);
        ValidationRun run = new()
        {
            Id = Guid.CreateVersion7(at).ToString("n"),
            Tenant = TenantId.Default,
            Subject = new ValidationSubject { Kind = SubjectKind.Challenge, ChallengeId = challenge, Version = 1 },
            Status = ValidationStatus.Queued,
            Language = "python",
            Student = student,
            CreatedAt = at,
        };
        await _host.Services.GetRequiredService<ValidationRuns>().CreateAsync(run, CancellationToken.None);
        return run.Id;
    }
}
