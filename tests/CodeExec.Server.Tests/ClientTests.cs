using CodeExec.Client;

namespace CodeExec.Server.Tests;

/// <summary>The .NET client against the real server.</summary>
public sealed class ClientTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private CodeExecClient Client => new(fixture.Server.Http);

    [SkippableFact]
    public async Task RunAsync_AProgram_ComesBackWhole()
    {
        fixture.Require("python");

        Execution done = await Client.RunAsync(new ExecutionRequest { Language = "python", Code = "print(6 * 7)" }, CancellationToken.None);

        Assert.Equal(ExecutionStatus.Completed, done.Status);
        Assert.Equal(new ExecutionOutcome(OutcomeKind.Exited, ExitCode: 0), done.Outcome);
        Assert.Equal("42\n", done.Run?.Stdout);
        Assert.NotNull(done.EndedAt);
    }

    [SkippableFact]
    public async Task FollowEventsAsync_FromTheStartAndFromTheMiddle_GiveTheSameEventsWithoutAGap()
    {
        fixture.Require("python");
        Execution accepted = await Client.SubmitAsync(
            new ExecutionRequest { Language = "python", Code = "for i in range(500): print(i)" }, null, CancellationToken.None);

        List<ExecutionEvent> whole = await ReadAsync(accepted.Id, 0);
        List<ExecutionEvent> rest = await ReadAsync(accepted.Id, 200);

        Assert.Equal(Enumerable.Range(1, whole.Count).Select(n => (long)n), whole.Select(e => e.Sequence));
        Assert.Equal(whole.Skip(200).Select(e => e.Sequence), rest.Select(e => e.Sequence));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), whole.OfType<ExecutionEvent.Logged>().Where(e => e.Entry.Source == LogSource.Stdout).Select(e => e.Entry.Message));
        Assert.Equal(ExecutionStatus.Completed, Assert.IsType<ExecutionEvent.Ended>(whole[^1]).Execution?.Status);
    }

    [SkippableFact]
    public async Task SubmitAsync_SameKeyAgain_IsTheSameExecution()
    {
        fixture.Require("python");
        ExecutionRequest request = new() { Language = "python", Code = "print(1)" };
        SubmitOptions once = new() { IdempotencyKey = "client-test-1" };

        Execution first = await Client.SubmitAsync(request, once, CancellationToken.None);
        Execution again = await Client.SubmitAsync(request, once, CancellationToken.None);
        CodeExecException other = await Assert.ThrowsAsync<CodeExecException>(
            () => Client.SubmitAsync(request with { Code = "print(2)" }, once, CancellationToken.None));

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, other.Status);
    }

    [Fact]
    public async Task SubmitAsync_NotValid_NamesTheFields()
    {
        CodeExecException refused = await Assert.ThrowsAsync<CodeExecException>(() => Client.SubmitAsync(
            new ExecutionRequest { Language = "python", Code = "", Limits = new RequestedLimits { MemoryMb = -1 } }, null, CancellationToken.None));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("limits.memoryMb", refused.Errors.Keys);
        Assert.NotNull(refused.Type);
        Assert.NotNull(refused.Detail);
    }

    [Fact]
    public async Task TheRest_LanguagesHealthStatsList_IsUnderstood()
    {
        Assert.Contains(await Client.ListLanguagesAsync(CancellationToken.None), l => l.Id == "python" && l.Extensions.Contains(".py"));
        Assert.NotEqual("unknown", (await Client.GetHealthAsync(CancellationToken.None)).Status);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, (await Client.GetStatsAsync(CancellationToken.None)).ValueKind);
        Assert.NotNull((await Client.ListAsync(new ExecutionQuery { Limit = 1 }, CancellationToken.None)).Items);
    }

    private async Task<List<ExecutionEvent>> ReadAsync(string id, long after)
    {
        List<ExecutionEvent> events = [];
        await foreach (ExecutionEvent happened in Client.FollowEventsAsync(id, after, CancellationToken.None))
        {
            events.Add(happened);
        }
        return events;
    }
}
