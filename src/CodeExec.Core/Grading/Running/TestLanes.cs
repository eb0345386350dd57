using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Interacting;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>
/// Runs the tests of one execution in lanes, each with a container after the other: one lane to begin with, one more for each processor that
/// nobody uses while that pays. A test that ran short of time beside others runs once more alone, and so do all after it.
/// </summary>
internal sealed class TestLanes(GradedWork work, TestClaims claims, JudgeRun judges, InteractiveRun interactive)
{
    /// <summary>Tests that take so long are not waited for before another lane is opened.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<Task> _lanes = [];
    private readonly LaneGain _gain = new(work);
    // Who asks for several runs wants to know how long they take. And one container of an execution can be left.
    private readonly bool _maySpread = work.State.Suite.Parallel && work.Spec.Runs == 1 && work.EndWithTheirHost && work.Spec.Network == Executions.NetworkAccess.None;
    private ExecutionPlan? _plan;
    private FoundRun? _left; // for the first container of the first lane
    private ExecutionOutcome? _compileFailure;
    private CancellationTokenSource? _stop;
    private int _open;
    private int _opened;

    /// <summary>From now on one test after the other runs, and each with a processor of its own.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>Whether what runs has to share processors with something else that we run.</summary>
    public bool HasNeighbours => Volatile.Read(ref _opened) > 1 || work.Containers.AreBusy;

    /// <param name="left">The container to go on with; null to begin with the next.</param>
    /// <returns>An outcome other than that all was judged.</returns>
    public async Task<ExecutionOutcome?> RunAsync(ExecutionPlan plan, FoundRun? left, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop = stop;
        _plan = plan;
        _left = left;
        Open();
        await using (ITimer look = work.Clock.CreateTimer(_ => Spread(), null, LookEvery, LookEvery))
        {
            // A lane is opened while another is open only: when the last one in the list has ended there will be no more.
            for (int i = 0; LaneAt(i) is { } lane; i++)
            {
                await lane.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_lanes);
        return _compileFailure;
    }

    /// <summary>The program is there: other lanes need not compile it.</summary>
    public void Compiled(IReadOnlyList<JobFile> program)
    {
        lock (_gate)
        {
            _plan = program.Count > 0 && NeedsCompiling ? _plan!.WithCompiled(program) : _plan;
        }
    }

    public void Began() => _gain.Began();

    public async Task EndedAsync(TestResult result)
    {
        _gain.Ended(result);
        await claims.EndPointlessAsync();
        Spread();
    }

    public void GoAlone() => IsAlone = true;

    /// <summary>Others wait for a place, and this execution has more than one.</summary>
    public bool ShouldMakeRoom => Volatile.Read(ref _open) > 1 && work.Containers.OthersWait;

    private bool NeedsCompiling => _plan!.Job.Steps.Any(step => step.Name == ExecutionPlan.CompileStep);

    private void Spread()
    {
        lock (_gate)
        {
            if (_maySpread && !IsAlone && _open > 0 && _open < Environment.ProcessorCount && !_stop!.IsCancellationRequested
                && !NeedsCompiling && work.Containers.HaveRoom && _gain.IsWorthALane(claims.Waiting))
            {
                Open();
            }
        }
    }

    private void Open()
    {
        lock (_gate)
        {
            _open++;
            _opened++;
            _lanes.Add(Task.Run(RunLaneAsync, CancellationToken.None));
        }
    }

    private async Task RunLaneAsync()
    {
        try
        {
            GradedShardRun shards = new(work, this);
            while (Next() is ({ } claim, var found))
            {
                using (claim)
                {
                    await RunAsync(shards, claim, found);
                }
            }
        }
        catch
        {
            lock (_gate)
            {
                _open--;
            }

            await _stop!.CancelAsync();
            throw;
        }
    }

    private async Task RunAsync(GradedShardRun shards, TestClaim claim, FoundRun? found)
    {
        GradedShard end = found is null && work.State.Suite.CheckerOf(claim.Tests[0]) is CheckerSpec.Interactor
            ? await WhileItMattersAsync(claim, token => interactive.RunAsync(work, this, CurrentPlan(), claim.Tests[0], token)) ?? new GradedShard(null, null, [])
            : await shards.RunAsync(CurrentPlan(), claim, found, _stop!.Token);
        if (end.CompileFailed is { } failure)
        {
            work.State.EndAll(Verdict.CompileError, "The program did not compile.");
            _compileFailure = failure;
            return;
        }

        Compiled(end.Compiled ?? []);
        await CheckAsync(end.ToCheck);
        await claims.EndPointlessAsync();
        await work.Journal.WriteAsync(onlyWhenDue: true, _stop!.Token);
        if (end.Compiled is not null && !work.EndWithTheirHost && work.State.Left.Count > 0)
        {
            await work.KeepProgramAsync(_stop!.Token);
        }
    }

    private async Task CheckAsync(IReadOnlyList<OutputToCheck> outputs)
    {
        using TestClaim? claim = claims.TakeToCheck(outputs.Select(output => output.Test).Distinct());
        if (claim is not null)
        {
            await WhileItMattersAsync(claim, async token =>
            {
                await judges.CheckAsync(work.Record, work.Spec, work.State, [.. outputs.Where(output => claim.Holds(output.Test))], token);
                return claim;
            });
        }
    }

    /// <returns>Null if it was called off.</returns>
    private async Task<T?> WhileItMattersAsync<T>(TestClaim claim, Func<CancellationToken, Task<T>> run)
        where T : class
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(claim.Pointless, _stop!.Token);
        try
        {
            return await run(either.Token);
        }
        catch (OperationCanceledException) when (claim.Pointless.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>Null: the lane has ended. In one piece, so that the lane that leaves last finds what another has just given back.</returns>
    private (TestClaim? Claim, FoundRun? Found) Next()
    {
        lock (_gate)
        {
            FoundRun? found = _left;
            _left = null;
            bool leaves = _open > 1 && (IsAlone || work.Containers.OthersWait); // the last lane stays
            TestClaim? claim = leaves ? null : found is null ? claims.Take(share: !IsAlone) : claims.Take(found.Run.Tests ?? []);
            _open -= claim is null ? 1 : 0;
            return (claim, found);
        }
    }

    private Task? LaneAt(int index)
    {
        lock (_gate)
        {
            return index < _lanes.Count ? _lanes[index] : null;
        }
    }

    private ExecutionPlan CurrentPlan()
    {
        lock (_gate)
        {
            return _plan!;
        }
    }
}
