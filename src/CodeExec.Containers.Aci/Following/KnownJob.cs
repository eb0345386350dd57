using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// What a runner must have said of a job with one case a step, whether or not anybody heard it: in which order what began and ended. How a case ended is never guessed: the runner says it once more
/// with its last word.
/// </summary>
internal sealed class KnownJob
{
    private readonly List<Func<RunnerEvent?>> _script = [static () => new ReadyEvent(ProtocolVersion.Current, RunnerRelease.Version, Warm: false)];
    private readonly List<(Type Event, string Step)> _marks = [(typeof(ReadyEvent), "")];
    private IReadOnlyList<CaseEndedEvent> _results = [];
    private int _taken;

    private KnownJob(Job job, bool isReady)
    {
        _taken = isReady ? 1 : 0;
        foreach (JobStep step in job.Steps)
        {
            Add(new StepStartedEvent(step.Name), step);
            Add(new CaseStartedEvent(step.Name, step.Cases[0].Id), step);
            _script.Add(() => _results.FirstOrDefault(ended => ended.Step == step.Name) is { } ended ? Cut(ended) : null);
            _marks.Add((typeof(CaseEndedEvent), step.Name));
            _script.Add(() => _results.FirstOrDefault(ended => ended.Step == step.Name) is { } ended ? new StepEndedEvent(step.Name, ended is { ExitCode: 0, Limit: null }) : null);
            _marks.Add((typeof(StepEndedEvent), step.Name));
        }
    }

    /// <summary>Null for a job of which this can not be known: cases beside others or run several times, files that it is to send back.</summary>
    /// <param name="isReady">Its runner was heard before the job was known.</param>
    public static KnownJob? Of(Job job, bool isReady)
        => job.Steps.All(step => step.Cases is [{ Runs: 1, Collect: null or { Count: 0 } }]) && job.Artifacts.Count == 0 && job.Displays is null && job.Steps.DistinctBy(step => step.Name).Count() == job.Steps.Count ? new KnownJob(job, isReady) : null;

    /// <summary>Something has come: of a last word, what it tells is remembered even if it has to wait.</summary>
    public void Hear(RunnerEvent said) => _results = (said as JobEndedEvent)?.Results ?? _results;

    /// <summary>Takes note of the next event.</summary>
    public void Take(RunnerEvent said) => _taken = Math.Max(_taken, IndexOf(said) + 1);

    /// <summary>What must have been said before this and was missed, but for output; without numbers. Null if that is not known.</summary>
    public IReadOnlyList<RunnerEvent>? Before(RunnerEvent said)
    {
        int until = said switch
        {
            OutputEvent output => _marks.IndexOf((typeof(CaseStartedEvent), output.Step)) + 1,
            JobEndedEvent => EndOfLast(),
            _ => IndexOf(said),
        };
        if (until < _taken)
        {
            return null;
        }

        List<RunnerEvent> missed = [];
        foreach (Func<RunnerEvent?> next in _script.Take(until).Skip(_taken))
        {
            if (next() is not { } known)
            {
                return null;
            }

            missed.Add(known);
        }

        return missed;
    }

    private static CaseEndedEvent Cut(CaseEndedEvent ended)
        => ended with { StdoutTruncated = ended.StdoutTruncated || ended.StdoutBytes > 0, StderrTruncated = ended.StderrTruncated || ended.StderrBytes > 0 };

    // A step that failed was the last one.
    private int EndOfLast() => _results.Count == 0 ? -1 : _marks.IndexOf((typeof(StepEndedEvent), _results[^1].Step)) + 1;

    private int IndexOf(RunnerEvent said) => _marks.IndexOf((said.GetType(), said switch
    {
        StepStartedEvent started => started.Step,
        CaseStartedEvent started => started.Step,
        CaseEndedEvent ended => ended.Step,
        StepEndedEvent ended => ended.Step,
        _ => "",
    }));

    private void Add(RunnerEvent said, JobStep step)
    {
        _script.Add(() => said);
        _marks.Add((said.GetType(), step.Name));
    }
}
