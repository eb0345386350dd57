using CodeExec.Core.Batches.Running;

namespace CodeExec.Core.Tests.Batches;

public sealed class ShardQueueTests
{
    [Theory]
    [InlineData(true, new[] { 0, 1, 2 })]
    [InlineData(false, new[] { 1, 2, 0 })] // as the histories of earlier releases have it
    public void PutBack_OfOneThatIsThrough_GoesFirstUnlessHistoriesSayOtherwise(bool first, int[] order)
    {
        ShardQueue shards = new([0, 1, 2], first);
        Assert.True(shards.TryTake(out int taken));
        shards.Return(taken, again: false);

        shards.PutBack(0);

        Assert.Equal(order, Drain(shards));
    }

    [Fact]
    public void PutBack_OfOneThatWaits_GoesFirst()
    {
        ShardQueue shards = new([0, 1, 2], putBackFirst: true);

        shards.PutBack(2);

        Assert.Equal([2, 0, 1], Drain(shards));
    }

    [Fact]
    public void PutBack_OfOneThatIsOut_IsGivenOutAgainWhenItIsBack()
    {
        ShardQueue shards = new([0, 1], putBackFirst: true);
        shards.TryTake(out int taken);

        shards.PutBack(taken);
        Assert.Equal(1, shards.Waiting);
        shards.Return(taken, again: false);

        Assert.Equal([0, 1], Drain(shards));
    }

    private static List<int> Drain(ShardQueue shards)
    {
        List<int> order = [];
        while (shards.TryTake(out int shard))
        {
            order.Add(shard);
        }

        return order;
    }
}
