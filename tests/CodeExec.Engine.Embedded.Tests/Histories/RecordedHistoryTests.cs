using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;

namespace CodeExec.Engine.Embedded.Tests.Histories;

/// <summary>Histories that earlier releases have recorded replay with this one.</summary>
public sealed class RecordedHistoryTests : EngineTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Replay_HistoryOfAnEarlierRelease_DecidesTheSame(string file)
        => Read(file).Replay(HistoryOrchestrations.Registry(), NoServices.Instance);

    [Theory]
    [MemberData(nameof(Files))]
    public void Replay_ADecisionIsChanged_IsFoundAndNamed(string file)
    {
        RecordedHistory recorded = Read(file);
        List<HistoryEvent> lines = [.. recorded.Events];
        foreach (int index in Enumerable.Range(0, lines.Count).Where(index => lines[index].Kind is HistoryEventKind.ActivityScheduled or HistoryEventKind.SubOrchestrationScheduled))
        {
            List<HistoryEvent> changed = [.. lines];
            changed[index] = lines[index] with { Name = "Other" };
            NonDeterminismException found = Assert.Throws<NonDeterminismException>(() => (recorded with { Events = changed }).Replay(HistoryOrchestrations.Registry(), NoServices.Instance));

            Assert.Contains("'Other'", found.Message, StringComparison.Ordinal);
            Assert.Contains($"'{lines[index].Name}'", found.Message, StringComparison.Ordinal);
            Assert.Equal(recorded.InstanceId, found.InstanceId);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Replay_ADecisionIsMissing_IsFound(string file)
    {
        RecordedHistory recorded = Read(file);
        foreach (int index in Enumerable.Range(0, recorded.Events.Count).Where(index => recorded.Events[index].Kind.IsDecision()))
        {
            List<HistoryEvent> changed = [.. recorded.Events];
            changed.RemoveAt(index);

            Assert.Throws<NonDeterminismException>(() => (recorded with { Events = changed }).Replay(HistoryOrchestrations.Registry(), NoServices.Instance));
        }
    }

    [Fact]
    public void Files_OfThisRelease_AreThere() => Assert.True(Directory.GetFiles(Folder, "*.json").Length >= 4);

    /// <summary>How the files were made: set CODEEXEC_RECORD_HISTORIES to a folder to record those of a new release beside the old ones.</summary>
    [SkippableTheory]
    [InlineData("answered", false, false, true)]
    [InlineData("unanswered", false, false, false)]
    [InlineData("failing", true, false, true)]
    [InlineData("again", false, true, true)]
    public async Task Record_Histories(string name, bool isFailing, bool again, bool answer)
    {
        string? folder = Environment.GetEnvironmentVariable("CODEEXEC_RECORD_HISTORIES");
        Skip.If(folder is null, "CODEEXEC_RECORD_HISTORIES is not set: histories are recorded once for each release.");
        await Harness.StartAsync(HistoryOrchestrations.Registry());
        await Engine.StartAsync(HistoryOrchestrations.Main, name, new Order(name, ["a", "bb", "ccc"], isFailing, again), null, CancellationToken.None);
        if (answer)
        {
            await Engine.RaiseEventAsync(name, "answer", "yes", CancellationToken.None);
        }
        await PassTimeUntilAsync(Engine.WaitForEndAsync(name, CancellationToken.None), TimeSpan.FromSeconds(1));
        await File.WriteAllTextAsync(Path.Combine(folder!, $"{name}-0.1.json"), RecordedHistory.Read(Harness.Database, name)!.ToJson() + "\n");
    }

    private static RecordedHistory Read(string file) => RecordedHistory.FromJson(File.ReadAllText(Path.Combine(Folder, file)));
}
