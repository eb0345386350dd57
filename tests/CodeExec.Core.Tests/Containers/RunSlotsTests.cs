using CodeExec.Core.Containers.Pool;

namespace CodeExec.Core.Tests.Containers;

public sealed class RunSlotsTests
{
    private readonly RunSlots _slots = new(4);

    [Fact]
    public async Task TakeAsync_AllAreTaken_TheHigherPriorityIsFirst()
    {
        RunSlots.Slot all = await TakeAsync(width: 4);
        Task<RunSlots.Slot> low = TakeAsync(priority: 0), high = TakeAsync(priority: 2);
        Assert.Equal(2, _slots.Waiting);

        all.Dispose();
        (await high).Dispose();
        (await low).Dispose();

        Assert.Equal((0, 0), (_slots.Running, _slots.Waiting));
    }

    [Fact]
    public async Task TakeAsync_WideOneWaits_ThoseBehindDoNotOvertakeIt()
    {
        RunSlots.Slot first = await TakeAsync(width: 3);
        Task<RunSlots.Slot> wide = TakeAsync(width: 2), narrow = TakeAsync();
        Assert.False(wide.IsCompleted || narrow.IsCompleted);

        first.Dispose();

        Assert.Equal(2, (await Task.WhenAll(wide, narrow)).Length);
        Assert.Equal(2, _slots.Running);
    }

    [Fact]
    public async Task TakeAsync_WideOneWaits_AHigherPriorityThatFitsGoesFirst()
    {
        using RunSlots.Slot first = await TakeAsync(width: 3);
        Task<RunSlots.Slot> wide = TakeAsync(width: 2);

        using RunSlots.Slot person = await TakeAsync(priority: 2);

        Assert.False(wide.IsCompleted);
    }

    [Fact]
    public async Task TakeAsync_TheFirstInTurnGivesUp_TheNextThatFitsIsServed()
    {
        using RunSlots.Slot first = await TakeAsync(width: 3);
        using CancellationTokenSource impatient = new();
        Task<RunSlots.Slot> wide = _slots.TakeAsync(1, 2, impatient.Token);
        Task<RunSlots.Slot> narrow = TakeAsync();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wide);
        using RunSlots.Slot served = await narrow;
        Assert.Equal((2, 0), (_slots.Running, _slots.Waiting));
    }

    [Fact]
    public async Task TakeAsync_WiderThanAllThereIs_TakesAll()
    {
        using RunSlots.Slot all = await TakeAsync(width: 9);

        Assert.False(TakeAsync().IsCompleted);
    }

    [Fact]
    public async Task TakeAsync_TheLowestPriorityWantsAll_APlaceStaysForOthers()
    {
        RunSlots slots = new(4, kept: 1);
        using RunSlots.Slot batch = await slots.TakeAsync(RunSlots.LowestPriority, 4, CancellationToken.None);
        Task<RunSlots.Slot> another = slots.TakeAsync(RunSlots.LowestPriority, CancellationToken.None);

        using RunSlots.Slot person = await slots.TakeAsync(1, CancellationToken.None);

        Assert.False(another.IsCompleted);
    }

    [Fact]
    public async Task TakeAsync_ThereIsOnePlaceOnly_TheLowestPriorityHasItToo()
    {
        using RunSlots.Slot only = await new RunSlots(1, kept: 1).TakeAsync(RunSlots.LowestPriority, CancellationToken.None);

        Assert.NotNull(only);
    }

    private Task<RunSlots.Slot> TakeAsync(int priority = 1, int width = 1) => _slots.TakeAsync(priority, width, CancellationToken.None);
}
