using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Queues;

namespace CodeExec.Contracts.Queues;

/// <summary>What every work queue must do. It gives up after <see cref="MaxTries"/> tries.</summary>
public abstract class WorkQueueContract : IAsyncLifetime
{
    protected const int MaxTries = 3;
    private const string Name = "grading";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken None => CancellationToken.None;

    protected IWorkQueue Queue { get; private set; } = null!;

    public async Task InitializeAsync() => Queue = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Empty, common, at the limit of a queue's own messages, and far above it.</summary>
    public static TheoryData<int> Sizes() => [0, 1, 1000, 47 * 1024, 48 * 1024, (48 * 1024) + 1, 64 * 1024, 300_000];

    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public async Task SendAsync_AnySize_IsReceivedOnceAndGoneWhenCompleted(int size)
    {
        byte[] body = RandomNumberGenerator.GetBytes(size);

        await Queue.SendAsync(Name, body, TimeSpan.Zero, None);

        QueueMessage message = await ReceiveOneAsync(Long);
        Assert.Equal(body, message.Body.ToArray());
        Assert.Equal((Name, 1), (message.Queue, message.Tries));
        Assert.Equal(1, await Queue.CountAsync(Name, None));
        Assert.True(await Queue.CompleteAsync(message, None));
        Assert.Equal(0, await Queue.CountAsync(Name, None));
        Assert.False(await Queue.CompleteAsync(message, None));
    }

    [SkippableFact]
    public async Task ReceiveAsync_EmptyOrUnknownQueue_GivesNothing()
    {
        Assert.Empty(await Queue.ReceiveAsync("nothing-here", 10, Long, None));
        Assert.Equal(0, await Queue.CountAsync("nothing-here", None));
    }

    [SkippableFact]
    public async Task ReceiveAsync_TakenMessage_IsHiddenFromOthers()
    {
        await SendAsync("a");

        await ReceiveOneAsync(Long);

        Assert.Empty(await Queue.ReceiveAsync(Name, 10, Long, None));
    }

    [SkippableFact]
    public async Task ReceiveAsync_SeveralAtOnce_GivesEachToOne()
    {
        for (int i = 0; i < 20; i++)
        {
            await SendAsync($"{i}");
        }

        IReadOnlyList<QueueMessage>[] taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Queue.ReceiveAsync(Name, 5, Long, None))));

        Assert.All(taken, some => Assert.InRange(some.Count, 0, 5));
        List<QueueMessage> all = [.. taken.SelectMany(some => some)];
        while (await Queue.ReceiveAsync(Name, 5, Long, None) is { Count: > 0 } more)
        {
            all.AddRange(more);
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), all.Select(TextOf).Order());
    }

    [SkippableFact]
    public async Task ReceiveAsync_TimeIsUp_GivesItAgainAndTheOldReceiptIsWorthNothing()
    {
        await SendAsync("a");
        QueueMessage first = await ReceiveOneAsync(Short);

        QueueMessage second = await ReceiveLaterAsync(Short, Long);

        Assert.Equal((first.Id, 2, "a"), (second.Id, second.Tries, TextOf(second)));
        Assert.False(await Queue.CompleteAsync(first, None));
        Assert.Null(await Queue.RenewAsync(first, Long, None));
        Assert.True(await Queue.CompleteAsync(second, None));
    }

    [SkippableFact]
    public async Task RenewAsync_TakenMessage_HidesItAnewUnderANewReceipt()
    {
        await SendAsync("a");
        QueueMessage taken = await ReceiveOneAsync(Short);

        QueueMessage? renewed = await Queue.RenewAsync(taken, Long, None);

        Assert.NotNull(renewed);
        Assert.Equal((taken.Id, 1, "a"), (renewed.Id, renewed.Tries, TextOf(renewed)));
        await PassAsync(Short);
        Assert.Empty(await Queue.ReceiveAsync(Name, 10, Long, None));
        Assert.False(await Queue.CompleteAsync(taken, None));
        Assert.True(await Queue.CompleteAsync(renewed, None));
    }

    [SkippableFact]
    public async Task RenewAsync_ForNoTime_GivesItBack()
    {
        await SendAsync("a");
        QueueMessage taken = await ReceiveOneAsync(Long);

        Assert.NotNull(await Queue.RenewAsync(taken, TimeSpan.Zero, None));

        Assert.Equal(2, (await ReceiveLaterAsync(TimeSpan.Zero, Long)).Tries);
    }

    [SkippableFact]
    public async Task SendAsync_WithDelay_IsSeenOnlyAfterIt()
    {
        await Queue.SendAsync(Name, "later"u8.ToArray(), Short, None);
        await Queue.SendAsync(Name, "now"u8.ToArray(), TimeSpan.Zero, None);

        Assert.Equal("now", TextOf(await ReceiveOneAsync(Long)));
        Assert.Equal("later", TextOf(await ReceiveLaterAsync(Short, Long)));
    }

    [SkippableFact]
    public async Task PeekAsync_SomeTaken_ShowsTheOthersAndTakesNone()
    {
        await SendAsync("a");
        QueueMessage taken = await ReceiveOneAsync(Long);
        await SendAsync("b");
        await SendAsync(new string('c', 100_000));

        IReadOnlyList<QueueMessage> seen = await Queue.PeekAsync(Name, 10, None);

        Assert.Equal(["b", new string('c', 100_000)], seen.Select(TextOf).Order());
        Assert.All(seen, message => Assert.Equal((Name, ""), (message.Queue, message.Receipt)));
        Assert.Single(await Queue.PeekAsync(Name, 1, None));
        Assert.Equal(seen.Select(message => message.Id).Order(), (await Queue.ReceiveAsync(Name, 10, Long, None)).Select(message => message.Id).Order());
        Assert.DoesNotContain(taken.Id, seen.Select(message => message.Id));
        Assert.Empty(await Queue.PeekAsync("nothing-here", 10, None));
    }

    [SkippableFact]
    public async Task TakeAsync_OneOfMany_HasItAloneAndLeavesTheOthers()
    {
        for (int i = 0; i < 40; i++)
        {
            await SendAsync($"{i}");
        }

        List<QueueMessage> all = [];
        while (await Queue.ReceiveAsync(Name, 32, Long, None) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        foreach (QueueMessage each in all)
        {
            await Queue.RenewAsync(each, TimeSpan.Zero, None);
        }

        string wanted = all.Single(message => TextOf(message) == "37").Id;
        QueueMessage? taken = await Queue.TakeAsync(Name, wanted, Long, None);

        Assert.NotNull(taken);
        Assert.Equal((wanted, "37"), (taken.Id, TextOf(taken)));
        Assert.Null(await Queue.TakeAsync(Name, wanted, Long, None));
        Assert.Null(await Queue.TakeAsync(Name, "no-such-id", Long, None));
        Assert.True(await Queue.CompleteAsync(taken, None));
        Assert.Equal(39, await Queue.CountAsync(Name, None));
        Assert.Equal(32, (await Queue.PeekAsync(Name, 50, None)).Count);
    }

    [SkippableTheory]
    [InlineData(5)]
    [InlineData(100_000)]
    public async Task ReceiveAsync_TriedTooOften_GoesToThePoisonQueueWhole(int size)
    {
        byte[] body = RandomNumberGenerator.GetBytes(size);
        await Queue.SendAsync(Name, body, TimeSpan.Zero, None);
        for (int i = 1; i <= MaxTries; i++)
        {
            QueueMessage taken = await ReceiveLaterAsync(TimeSpan.Zero, Long);
            Assert.Equal(i, taken.Tries);
            await Queue.RenewAsync(taken, TimeSpan.Zero, None);
        }

        Assert.Empty(await Queue.ReceiveAsync(Name, 10, Long, None));

        Assert.Equal(0, await Queue.CountAsync(Name, None));
        QueueMessage poison = Assert.Single(await Queue.ReceiveAsync(QueueNames.PoisonOf(Name), 10, Long, None));
        Assert.Equal(body, poison.Body.ToArray());
        Assert.True(await Queue.CompleteAsync(poison, None));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("-ab")]
    [InlineData("ab-")]
    [InlineData("a/b")]
    [InlineData("a_b")]
    public async Task SendAsync_NotANameForAQueue_IsRefused(string name)
        => await Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.SendAsync(name, new byte[1], TimeSpan.Zero, None));

    /// <summary>A queue without messages that gives up after <see cref="MaxTries"/> tries.</summary>
    protected abstract Task<IWorkQueue> OpenAsync();

    /// <summary>Lets so much of the queue's time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    protected Task SendAsync(string text) => Queue.SendAsync(Name, Encoding.UTF8.GetBytes(text), TimeSpan.Zero, None);

    protected static string TextOf(QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Encoding.UTF8.GetString(message.Body.Span);
    }

    private async Task<QueueMessage> ReceiveOneAsync(TimeSpan hiddenFor) => Assert.Single(await Queue.ReceiveAsync(Name, 1, hiddenFor, None));

    private async Task<QueueMessage> ReceiveLaterAsync(TimeSpan later, TimeSpan hiddenFor)
    {
        await PassAsync(later);
        return await ReceiveOneAsync(hiddenFor);
    }
}
