using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Tests.Histories;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>Both engines take an orchestration the same way.</summary>
public sealed class RecordedHistoryTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task RunAsync_HistoryOfTheEmbeddedEngine_DecidesTheSame(string file)
    {
        RecordedHistory recorded = RecordedHistory.FromJson(await File.ReadAllTextAsync(Path.Combine(Folder, file)));

        int compared = await HistoryDriver.ReplayAsync(recorded, HistoryOrchestrations.Registry(), new ServiceCollection().BuildServiceProvider());

        Assert.Equal(recorded.Events.Count(line => line.Kind is HistoryEventKind.ActivityScheduled or HistoryEventKind.SubOrchestrationScheduled or HistoryEventKind.TimerCreated
            or HistoryEventKind.TryFailed or HistoryEventKind.Completed or HistoryEventKind.Failed or HistoryEventKind.ContinuedAsNew), compared);
    }

    [Fact]
    public async Task RunAsync_ADecisionWasAnother_IsNoticed()
    {
        RecordedHistory recorded = RecordedHistory.FromJson(await File.ReadAllTextAsync(Path.Combine(Folder, "answered-0.1.json")));
        HistoryEvent[] changed = [.. recorded.Events.Select(line => line.Kind == HistoryEventKind.TimerCreated ? line with { Payload = "1" } : line)];

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => HistoryDriver.ReplayAsync(recorded with { Events = changed }, HistoryOrchestrations.Registry(), new ServiceCollection().BuildServiceProvider()));
    }
}
