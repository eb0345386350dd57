using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Histories;

/// <summary>
/// The code whose histories lie beside this file. It stands for what users have under way: a change in the engine that makes one of
/// the files fail would strand their instances.
/// </summary>
internal static class HistoryOrchestrations
{
    public static readonly OrchestrationName<Order, string> Main = new("RecordedOrder");

    private static readonly OrchestrationName<string, int> Count = new("RecordedCount");
    private static readonly ActivityName<string, int> Measure = new("RecordedMeasure");
    private static readonly ActivityName<string, string> Flaky = new("RecordedFlaky");

    public static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .Orchestration(Main, RunAsync)
        .Orchestration(Count, async (context, text) => await context.CallActivityAsync(Measure, text))
        .Activity(Measure, (_, text, _) => Task.FromResult(text.Length))
        .Activity(Flaky, (context, text, _) => context.Attempt == 1 ? throw new IOException("once") : Task.FromResult(text));

    private static async Task<string> RunAsync(OrchestrationContext context, Order order)
    {
        context.SetCustomStatus(new { step = "measuring", id = context.NewGuid() });
        int[] lengths = await Task.WhenAll(order.Parts.Select(part => context.CallSubOrchestrationAsync(Count, part)));
        using CancellationTokenSource decided = new();
        Task deadline = context.CreateTimerAsync(context.CurrentUtc.AddMinutes(5), decided.Token);
        Task<string> answer = context.WaitForEventAsync<string>("answer", decided.Token);
        string said = await Task.WhenAny(answer, deadline) == answer ? await answer : "nothing";
        decided.Cancel();
        try
        {
            if (order.IsFailing)
            {
                throw new InvalidOperationException($"{said}, {lengths.Sum()}");
            }
            return $"{said}, {lengths.Sum()}, {await context.CallActivityAsync(Flaky, order.Name, new(new RetryPolicy(2, TimeSpan.FromSeconds(1))))}";
        }
        finally
        {
            await context.CallActivityAsync(Measure, "clean-up");
            if (order.Again)
            {
                context.ContinueAsNew(order with { Again = false });
            }
        }
    }
}

internal sealed record Order(string Name, IReadOnlyList<string> Parts, bool IsFailing = false, bool Again = false);
