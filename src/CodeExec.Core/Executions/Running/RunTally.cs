using CodeExec.Core.Executions.Results;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running;

/// <summary>What the runs of a program cost, where it is run more than once.</summary>
internal sealed class RunTally
{
    private readonly List<RunFigures> _runs = [];

    public int Count => _runs.Count;

    public void Add(CaseEndedEvent ended) => _runs.Add(new RunFigures
    {
        WallMs = ended.WallMs,
        CpuMs = ended.CpuMs,
        MemoryBytes = ended.MemoryBytes,
        ExitCode = ended.ExitCode,
        Signal = ended.Signal,
        Limit = (ResourceLimit?)ended.Limit,
    });

    /// <param name="deciding">The run that everything else is told of.</param>
    public StepResult Averages(StepResult deciding) => deciding with
    {
        WallMs = _runs.Average(run => run.WallMs),
        CpuMs = _runs.Average(run => run.CpuMs),
        MemoryBytes = (long)_runs.Average(run => run.MemoryBytes),
        Runs = [.. _runs],
    };
}
