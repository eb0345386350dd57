using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Orchestrations;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>Where Durable's own events would surprise.</summary>
public sealed class DurableEventsTests
{
    private static readonly OrchestrationName<int, string> Name = new("events");

    private readonly ScriptedContext _durable = new("events", "id", new OrchestrationEnvelope("0").ToJson());

    [Fact]
    public async Task WaitForEventAsync_SeveralWaits_AreServedInTheirOrder()
    {
        Task<string> run = RunAsync(async context =>
        {
            Task<string> first = context.WaitForEventAsync<string>("a");
            Task<string> second = context.WaitForEventAsync<string>("A"); // names ignore case
            return $"{await first} {await second}";
        });

        _durable.Raise("a", "\"1\"");
        _durable.Raise("a", "\"2\"");

        Assert.Equal("\"1 2\"", await run);
    }

    [Fact]
    public async Task WaitForEventAsync_CancelledWait_SwallowsNothing()
    {
        TaskCompletionSource goOn = new();
        Task<string> run = RunAsync(async context =>
        {
            using CancellationTokenSource decided = new();
            Task<string> abandoned = context.WaitForEventAsync<string>("a", decided.Token);
            decided.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
            await goOn.Task;
            return await context.WaitForEventAsync<string>("a");
        });
        _durable.Raise("a", "\"kept\"");

        goOn.SetResult();

        Assert.Equal("\"kept\"", await run);
    }

    [Fact]
    public async Task WaitForEventAsync_EventsBeforeTheWait_AreKeptInOrder()
    {
        _durable.Raise("a", "\"1\"");
        _durable.Raise("a", "\"2\"");

        Assert.Equal("\"1 2\"", await RunAsync(async context => $"{await context.WaitForEventAsync<string>("a")} {await context.WaitForEventAsync<string>("a")}"));
    }

    [Fact]
    public async Task WaitForEventAsync_PayloadOfAnotherType_IsTheWaitersFailure()
    {
        _durable.Raise("a", "{}");

        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => RunAsync(async context => (await context.WaitForEventAsync<int>("a")).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task ContinueAsNew_EventThatNobodyAwaited_GoesToTheNextRun()
    {
        TaskCompletionSource goOn = new();
        Task<string> run = RunAsync(async context =>
        {
            using CancellationTokenSource decided = new();
            Task<string> abandoned = context.WaitForEventAsync<string>("a", decided.Token);
            decided.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
            await goOn.Task;
            context.ContinueAsNew(7);
            return "";
        });
        _durable.Raise("a", "\"kept\"");

        goOn.SetResult();
        await run;

        Assert.Equal(new Decision.EventToItself("a", "\"kept\""), _durable.Decisions.Dequeue());
        OrchestrationEnvelope next = OrchestrationEnvelope.Parse(Assert.IsType<Decision.NextRun>(_durable.Decisions.Dequeue()).Input);
        Assert.Equal(("7", 1), (next.Input, next.Run));
    }

    [Fact]
    public async Task SetCustomStatus_Value_IsJsonOfOurs()
    {
        await RunAsync(context =>
        {
            context.SetCustomStatus(new { Step = "x" });
            return Task.FromResult("");
        });

        Assert.Equal("""{"step":"x"}""", _durable.Status);
    }

    private Task<string> RunAsync(Func<OrchestrationContext, Task<string>> code)
    {
        OrchestrationRegistry registry = new OrchestrationRegistry().Orchestration(Name, (context, _) => code(context));
        Assert.True(registry.TryGetOrchestration(Name.Value, out OrchestrationRegistration? orchestration));
        return DurableOrchestrationContext.RunAsync(_durable, orchestration, new ServiceCollection().BuildServiceProvider());
    }
}
