using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

/// <summary>Random orchestrations, a host that goes down at random moments: the outcome is what the script says, and every history replays.</summary>
public sealed class RandomScriptTests : EngineTests
{
    private const int Scripts = 50;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)]; // 20 x 50 = 1,000 scripts

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Restart_AtRandomMoments_EveryScriptEndsAsItWouldHaveAndReplays(int seed)
    {
        Random random = new(seed);
        ScriptInput[] inputs = [.. Enumerable.Range(0, Scripts).Select(n => new ScriptInput((seed * 1000) + n, n, random.Next(1, 7), random.Next(0, 3), random.Next(0, 2)))];
        await Harness.StartAsync(RandomScript.Registry());
        for (int n = 0; n < Scripts; n++)
        {
            await Engine.StartAsync(RandomScript.Name, $"s{n}", inputs[n], new StartOptions(random.Next(3)), CancellationToken.None);
        }
        for (int restart = 0; restart < 3; restart++)
        {
            await RaiseEventsAsync(inputs, part: restart);
            await LetItRunAsync(random.Next(200));
            await Harness.RestartAsync();
        }
        await RaiseEventsAsync(inputs, part: 3);
        InstanceStatus?[] ended = await PassTimeUntilAsync(
            Task.WhenAll(Enumerable.Range(0, Scripts).Select(n => Engine.WaitForEndAsync($"s{n}", CancellationToken.None))), TimeSpan.FromSeconds(1));

        Assert.Equal(inputs.Select(input => $"{RandomScript.Expected(input)}"), ended.Select(status => status!.Output ?? status.Failure!.Message));
        await AssertAllReplayAsync();
        Assert.Equal((0, 0), (Engine.GetStats().Active.Values.Sum(), Engine.GetStats().Pending.Values.Sum()));
    }

    private async Task AssertAllReplayAsync()
    {
        for (string? cursor = ""; cursor is not null;)
        {
            InstancePage page = await Engine.ListAsync(new(Limit: 1000, Cursor: cursor), CancellationToken.None);
            cursor = page.Cursor;
            foreach (InstanceStatus status in page.Items)
            {
                RecordedHistory recorded = RecordedHistory.Read(Harness.Database, status.InstanceId)!;
                RecordedHistory.FromJson(recorded.ToJson()).Replay(RandomScript.Registry(), NoServices.Instance);
            }
        }
    }

    /// <summary>A quarter of each script's events, each time.</summary>
    private async Task RaiseEventsAsync(ScriptInput[] inputs, int part)
    {
        for (int n = 0; n < Scripts; n++)
        {
            for (int i = part; i < RandomScript.Events(inputs[n]); i += 4)
            {
                Assert.True(await Engine.RaiseEventAsync($"s{n}", "e", i, CancellationToken.None));
            }
        }
    }

    /// <summary>Some time of the thread pool and of the clock, never of a real clock.</summary>
    private async Task LetItRunAsync(int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            await Task.Yield();
            if (i % 20 == 0)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(500));
            }
        }
    }
}
