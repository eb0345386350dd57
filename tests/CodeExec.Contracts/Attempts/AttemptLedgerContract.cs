using System.Collections.Concurrent;
using CodeExec.Contracts.Time;
using CodeExec.Core.Attempts;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Contracts.Attempts;

/// <summary>Attempts are counted exactly, however many come at once and whatever breaks off: on every store of documents.</summary>
public abstract class AttemptLedgerContract : IAsyncLifetime
{
    private static readonly AttemptSubject Sum = new(new TenantId("one"), AttemptKind.Problem, "sum");

    private readonly ManualTimeProvider _clock = new();
    private readonly KnownWork _works = new();
    private AttemptStore _store = null!;
    private AttemptLedger _ledger = null!;

    private static CancellationToken None => CancellationToken.None;

    protected abstract Task<IDocumentStore> OpenAsync();

    public async Task InitializeAsync()
    {
        _store = new AttemptStore(await OpenAsync());
        _ledger = new AttemptLedger(_store, [_works], _clock);
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task TakeAsync_ManyAtOnce_GivesAsManyAsThereAre()
    {
        AttemptRules rules = new() { Max = 5, Per = TimeSpan.FromHours(1) };

        Attempt?[] taken = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => TakeAsync($"{i}", rules))));

        Assert.Equal(5, taken.Count(attempt => attempt is not null));
        Assert.Equal(taken.OfType<Attempt>().Select(attempt => attempt.Id).Order(), (await _ledger.FindAsync(Sum, "ann", None)).Attempts.Select(attempt => attempt.Id).Order());
        Assert.NotNull(await TakeAsync("other", rules, "bob"));
    }

    [SkippableFact]
    public async Task TakeAsync_SameKeyAtOnce_IsOneAttempt()
    {
        AttemptRules rules = new() { Max = 2 };

        Attempt?[] taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => TakeAsync($"{i}", rules, key: "k"))));

        Assert.Single(taken.Select(attempt => attempt!.Id).Distinct());
        Assert.Equal(1, (await StandingAsync(rules)).Left);
    }

    [SkippableFact]
    public async Task TakeAsync_NothingIsLeft_ChangesNothingAndSaysWhen()
    {
        AttemptRules rules = new() { Max = 2, Per = TimeSpan.FromHours(1), Total = 3 };
        await TakeAsync("1", rules);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await TakeAsync("2", rules);

        (Attempt? none, _, AttemptStanding standing) = await _ledger.TakeAsync(Sum, "ann", rules, Wanted("3"), None);
        Assert.Null(none);
        Assert.Equal((0, 2, TimeSpan.FromMinutes(50)), (standing.Left, standing.Used, standing.Wait));

        _clock.Advance(TimeSpan.FromMinutes(50));
        Assert.NotNull(await TakeAsync("3", rules));
        _clock.Advance(TimeSpan.FromDays(1));
        (_, _, AttemptStanding never) = await _ledger.TakeAsync(Sum, "ann", rules, Wanted("4"), None);
        Assert.Equal((0, null), (never.Left, never.NextAt)); // all are used
    }

    [SkippableFact]
    public async Task TakeAsync_WorkWasNeverAccepted_SoonCountsNoMore()
    {
        AttemptRules rules = new() { Max = 1 };
        await TakeAsync("lost", rules, accepted: false);
        Assert.Null(await TakeAsync("1", rules)); // it may be accepted yet

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await TakeAsync("2", rules));
        await _ledger.SettleAsync(Sum, new CountedAttempt("lost", AttemptKind.Problem, "sum", "ann", false), "lost", _clock.GetUtcNow(), AttemptFate.Counts, None);
        Assert.Equal(2, (await StandingAsync(rules)).Used); // it was accepted after all, late
    }

    [SkippableFact]
    public async Task TakeAsync_OfAProcessThatIsGone_CountsNoMoreAtOnce()
    {
        AttemptRules rules = new() { Max = 1 };
        await TakeAsync("lost", rules, accepted: false);
        _clock.Advance(TimeSpan.FromSeconds(1));
        AttemptLedger next = new(_store, [_works], _clock);
        next.IsTheOnlyProcess();

        Assert.NotNull((await next.TakeAsync(Sum, "ann", rules, Wanted("1"), None)).Attempt);
    }

    [SkippableFact]
    public async Task SettleAsync_ItDoesNotCount_GivesThePlaceBackAndIsRemembered()
    {
        AttemptRules rules = new() { Max = 1 };
        await TakeAsync("1", rules, key: "k");
        _works.Fates["1"] = AttemptFate.IsFree;
        await SettleAsync("1", AttemptFate.IsFree);
        await SettleAsync("1", AttemptFate.IsFree); // again, after a crash

        Assert.Equal((1, 0), ((await StandingAsync(rules)).Left, (await StandingAsync(rules)).Used));
        Assert.Equal("1", (await TakeAsync("2", rules, key: "k"))!.Id); // the same request again
        Assert.NotNull(await TakeAsync("3", rules));
        Assert.Null(await TakeAsync("4", rules));
    }

    [SkippableFact]
    public async Task TakeAsync_OneHasEndedAndNobodySaidSo_IsFoundOut()
    {
        AttemptRules rules = new() { Max = 1 };
        await TakeAsync("1", rules);
        _works.Fates["1"] = AttemptFate.IsFree;

        Assert.NotNull(await TakeAsync("2", rules));
    }

    [SkippableFact]
    public async Task GiveAsync_MoreAttempts_AreUsedWhenTheOthersAreAndCanBeTakenBack()
    {
        AttemptRules rules = new() { Max = 1, Per = TimeSpan.FromHours(1) };
        await TakeAsync("1", rules);
        AttemptGrant grant = new(2, "was ill", "teacher", _clock.GetUtcNow(), "key");
        await _ledger.GiveAsync(Sum, "ann", grant, None);
        await _ledger.GiveAsync(Sum, "ann", grant, None); // the same request
        Assert.True((await TakeAsync("2", rules))!.IsExtra);
        await _ledger.GiveAsync(Sum, "ann", grant with { Attempts = -1, Reason = "no", Key = null }, None);

        Assert.Null(await TakeAsync("3", rules));
        Assert.Equal([2, -1], (await _store.ListGrantsAsync(Sum, "ann", None)).Select(one => one.Attempts));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.False((await TakeAsync("4", rules))!.IsExtra);
    }

    [SkippableFact]
    public async Task Retention_NewestIsLongAgo_ForgetsTheStudentWithWhatWasGiven()
    {
        AttemptRules rules = new() { Max = 1 };
        RetentionOptions options = new();
        await TakeAsync("1", rules);
        await _ledger.GiveAsync(Sum, "ann", new AttemptGrant(1, "why", "teacher", _clock.GetUtcNow()), None);
        _clock.Advance(options.Attempts - TimeSpan.FromDays(1));
        await TakeAsync("2", rules, "bob");
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await new AttemptRetention(_store, Options.Create(options), _clock).SweepAsync(None));

        Assert.Equal(["bob"], (await _store.ListAsync(Sum, null, 10, None)).Select(one => one.Student));
        Assert.Empty(await _store.ListGrantsAsync(Sum, "ann", None));
        await _store.DeleteAsync(Sum, None);
        Assert.Empty(await _store.ListAsync(Sum, null, 10, None));
    }

    private async Task<Attempt?> TakeAsync(string id, AttemptRules rules, string student = "ann", string? key = null, bool accepted = true)
    {
        Attempt? attempt = (await _ledger.TakeAsync(Sum, student, rules, Wanted(id) with { Key = key }, None)).Attempt;
        if (attempt is not null && accepted)
        {
            _works.Fates.TryAdd(attempt.Work, AttemptFate.Going);
        }

        return attempt;
    }

    private Attempt Wanted(string id) => new() { Id = id, At = _clock.GetUtcNow(), Work = id };

    private Task SettleAsync(string id, AttemptFate fate)
        => _ledger.SettleAsync(Sum, new CountedAttempt(id, AttemptKind.Problem, "sum", "ann", false), id, _clock.GetUtcNow(), fate, None);

    private async Task<AttemptStanding> StandingAsync(AttemptRules rules) => (await _ledger.FindAsync(Sum, "ann", None)).Standing(rules, _clock.GetUtcNow());

    private sealed class KnownWork : IAttemptedWork
    {
        public ConcurrentDictionary<string, AttemptFate> Fates { get; } = new();

        public AttemptKind Kind => AttemptKind.Problem;

        public Task<AttemptFate> LookAsync(TenantId tenant, string work, CancellationToken cancellationToken)
            => Task.FromResult(Fates.GetValueOrDefault(work, AttemptFate.Unknown));
    }
}
