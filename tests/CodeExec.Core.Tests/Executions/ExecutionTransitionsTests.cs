using CodeExec.Contracts.Executions;
using CodeExec.Core.Executions;
using static CodeExec.Core.Executions.ExecutionStatus;

namespace CodeExec.Core.Tests.Executions;

public sealed class ExecutionTransitionsTests
{
    private static readonly ExecutionStatus[] All = Enum.GetValues<ExecutionStatus>();

    private static readonly HashSet<(ExecutionStatus From, ExecutionStatus To)> Legal =
    [
        (Queued, Preparing), (Queued, Failed), (Queued, Cancelled),
        (Preparing, Preparing), (Preparing, Running), (Preparing, Completed), (Preparing, Failed), (Preparing, ExecutionStatus.Timeout), (Preparing, Cancelled),
        (Running, Preparing), (Running, Running), (Running, Completed), (Running, Failed), (Running, ExecutionStatus.Timeout), (Running, Cancelled),
    ];

    public static TheoryData<ExecutionStatus, ExecutionStatus> Pairs()
    {
        TheoryData<ExecutionStatus, ExecutionStatus> pairs = [];
        foreach (ExecutionStatus from in All)
        {
            foreach (ExecutionStatus to in All)
            {
                pairs.Add(from, to);
            }
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void MoveTo_EveryPair_IsLegalOrSaysBothStates(ExecutionStatus from, ExecutionStatus to)
    {
        ExecutionRecord record = ExecutionSamples.Queued() with { Status = from };

        Assert.Equal(Legal.Contains((from, to)), ExecutionTransitions.CanMove(from, to));
        if (Legal.Contains((from, to)))
        {
            Assert.Equal(to, record.MoveTo(to).Status);
            return;
        }
        IllegalTransitionException refused = Assert.Throws<IllegalTransitionException>(() => record.MoveTo(to));
        Assert.Equal((from, to), (refused.From, refused.To));
        Assert.Contains($"{from}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{to}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsFinal_EveryStatus_HasNoWayOutExactlyIfItIsFinal()
        => Assert.All(All, status => Assert.Equal(status.IsFinal(), All.All(to => !ExecutionTransitions.CanMove(status, to))));

    [Fact]
    public void CanMove_EveryUnfinishedStatus_CanFailAndBeCancelled()
        => Assert.All(
            All.Where(status => !status.IsFinal()),
            status => Assert.True(ExecutionTransitions.CanMove(status, Failed) && ExecutionTransitions.CanMove(status, Cancelled)));

    [Fact]
    public void MoveTo_RandomSequences_ReachAtMostOneFinalStateAndStayThere()
    {
        Random random = new(20260101);
        int ended = 0;
        for (int run = 0; run < 1000; run++)
        {
            ExecutionRecord record = ExecutionSamples.Queued();
            List<ExecutionStatus> finals = [];
            for (int step = 0; step < 30; step++)
            {
                ExecutionStatus to = All[random.Next(All.Length)];
                try
                {
                    record = record.MoveTo(to);
                    if (to.IsFinal())
                    {
                        finals.Add(to);
                    }
                }
                catch (IllegalTransitionException)
                {
                    Assert.DoesNotContain((record.Status, to), Legal);
                }
            }
            Assert.True(finals.Count <= 1, string.Join(", ", finals));
            Assert.Equal(finals.Count == 1, record.Status.IsFinal());
            ended += finals.Count;
        }
        Assert.InRange(ended, 900, 1000); // the sequences do get somewhere
    }
}
