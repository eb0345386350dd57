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
    // An interactor counts a program's time by its turns: nobody may take the processor in between. Who asks for several runs wants to know how long
    // they take. And one container of an execution can be left.
    private readonly bool _maySpread = work.State.Suite.Parallel && work.Spec.Runs == 1 && work.EndWithTheirHost && work.Spec.Network == Executions.NetworkAccess.None
        && !work.State.Suite.Tests.Any(test => work.State.Suite.CheckerOf(test) is CheckerSpec.Interactor);
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

    public void Ended(TestResult result)
    {
        _gain.Ended(result);
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
        bool left = false;
        try
        {
            GradedShardRun shards = new(work, this);
            while (!(left = Leaves()))
            {
                FoundRun? found = Interlocked.Exchange(ref _left, null);
                using TestClaim? claim = found is null ? claims.Take(share: !IsAlone) : claims.Take(found.Run.Tests ?? []);
                if (claim is null)
                {
                    return;
                }

                GradedShard end = found is null && work.State.Suite.CheckerOf(claim.Tests[0]) is CheckerSpec.Interactor
                    ? await interactive.RunAsync(work, CurrentPlan(), claim.Tests[0], _stop!.Token)
                    : await shards.RunAsync(CurrentPlan(), claim, found, _stop!.Token);
                if (end.CompileFailed is { } failure)
                {
                    work.State.EndAll(Verdict.CompileError, "The program did not compile.");
                    _compileFailure = failure;
                    return;
                }

                Compiled(end.Compiled ?? []);
                await judges.CheckAsync(work.Record, work.Spec, work.State, end.ToCheck, _stop!.Token);
                await work.Journal.WriteAsync(onlyWhenDue: true, _stop!.Token);
                if (end.Compiled is not null && !work.EndWithTheirHost && work.State.Left.Count > 0)
                {
                    await work.KeepProgramAsync(_stop!.Token);
                }
            }
        }
        catch
        {
            await _stop!.CancelAsync();
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _open -= left ? 0 : 1;
            }
        }
    }

    // The last lane stays.
    private bool Leaves()
    {
        lock (_gate)
        {
            bool leaves = _open > 1 && (IsAlone || work.Containers.OthersWait);
            _open -= leaves ? 1 : 0;
            return leaves;
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
