using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading.Running;

/// <summary>
/// The runs of a program on one test: one, or as many as were asked for, up to the first that ends badly. The first that fails is the
/// test's result, the first of all if none does; what it costs is the average.
/// </summary>
internal sealed class TestRuns(GradedTest test, int wanted)
{
    private readonly List<TestResult> _results = [];
    private readonly List<OutputToCheck> _outputs = [];
    private readonly Dictionary<int, OutputToCheck> _outputOf = [];

    public GradedTest Test => test;

    /// <summary>No other run comes.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Those that a program has to look at, each once.</summary>
    public IReadOnlyList<OutputToCheck> ToCheck => _outputs;

    /// <param name="endedWell">Whether the program came to its end, whatever its output is worth.</param>
    public void Add(TestResult result, bool endedWell)
    {
        _results.Add(result);
        IsOver = !endedWell || _results.Count >= wanted;
    }

    /// <summary>The same, where a program has to look at what it wrote: until then the run counts as accepted.</summary>
    public void Add(TestResult result, byte[] output)
    {
        OutputToCheck? same = _outputs.Find(one => one.Output.AsSpan().SequenceEqual(output));
        if (same is null)
        {
            same = new OutputToCheck(this, _results.Count, output);
            _outputs.Add(same);
        }

        _outputOf[_results.Count] = same;
        Add(result, endedWell: true);
    }

    /// <summary>The program has spoken.</summary>
    public void Checked(OutputToCheck output, CheckResult check)
    {
        foreach (int run in _outputOf.Where(pair => ReferenceEquals(pair.Value, output)).Select(pair => pair.Key))
        {
            _results[run] = TestRun.With(_results[run], test, check);
        }
    }

    public TestResult Result()
    {
        TestResult deciding = _results.Find(result => result.Verdict != Verdict.Accepted) ?? _results[0];
        return wanted == 1 ? deciding : deciding with
        {
            WallMs = Math.Round(_results.Average(result => result.WallMs), 3),
            CpuMs = Math.Round(_results.Average(result => result.CpuMs), 3),
            MemoryBytes = (long)_results.Average(result => result.MemoryBytes),
            Runs = [.. _results.Select(Figures)],
        };
    }

    private static RunFigures Figures(TestResult result) => new()
    {
        WallMs = result.WallMs,
        CpuMs = result.CpuMs,
        MemoryBytes = result.MemoryBytes,
        ExitCode = result.ExitCode,
        Signal = result.Signal,
        Limit = result.Limit,
        Verdict = result.Verdict,
    };
}
