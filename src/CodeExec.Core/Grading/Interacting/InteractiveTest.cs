using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Running;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>One test while its two programs speak: what is kept of it, and what it comes to.</summary>
/// <param name="run">Keeps what the program writes.</param>
internal sealed class InteractiveTest(TestRun run, CheckerSpec.Interactor checker, int shown)
{
    private readonly Transcript _transcript = new(shown);
    private readonly OutputPreview _said = new(JudgeSaid.Kept);
    private readonly KeptFiles _files = new();

    /// <summary>How a program in the interactor's language says that it died of an error.</summary>
    public FailurePattern? Failure { get; init; }

    /// <summary>Called for both sides, at the same time too, but for each one after another.</summary>
    public void Record(Speaker speaker, RunnerEvent received)
    {
        if (received is OutputEvent { Stream: OutputStream.Stdout } spoken)
        {
            _transcript.Add(speaker, spoken.Data);
        }

        switch (speaker, received)
        {
            case (Speaker.Program, OutputEvent output):
                run.Add(output);
                break;
            case (Speaker.Interactor, OutputEvent { Stream: OutputStream.Stderr } output):
                _said.Add(output.Data);
                break;
            case (Speaker.Interactor, FileEvent file):
                _files.Add(file);
                break;
            default:
                break; // beginnings and ends
        }
    }

    /// <summary>What is known when both have ended: where a program has to look at the interactor's output, it counts as accepted until that has spoken.</summary>
    /// <param name="ended">As the program's runner told it.</param>
    /// <param name="turns">The time that the program took while it had its turn.</param>
    public TestResult End(InteractionEnd end, CaseEndedEvent? ended, TimeSpan turns, Func<CheckerSpec, byte[], CheckResult> checkOutput)
    {
        CheckResult check = InteractionTable.Of(end, checker.Judge.Protocol)
            ?? JudgeWords.Read(end.Interactor, checker.Judge.Protocol, JudgeSaid.Of(_said.Bytes, _files.Whole), run.Test.Points, "interactor", Failure);
        if (check.Verdict == Verdict.Accepted && checker is { Then: { } then, FinalJudge: null })
        {
            check = checkOutput(then, Output);
        }

        TestResult result = ended is null ? run.End(check.Verdict, null, "") : run.End(ended);
        return TestRun.With(result, run.Test, check) with
        {
            ExitCode = end.Program?.ExitCode,
            Signal = end.Program?.Signal,
            Limit = end.Late is not null && check.Verdict == Verdict.TimeLimit ? ResourceLimit.WallTime : end.Program?.Limit,
            WallMs = Math.Round(Math.Min(Math.Max(turns.TotalMilliseconds, result.CpuMs), ended?.WallMs ?? double.MaxValue), 3),
            Transcript = _transcript.Text(run.Shown),
        };
    }

    /// <summary>What the interactor wrote into its output file.</summary>
    public byte[] Output => _files.Whole.FirstOrDefault(file => file.Path == InteractionJobs.OutputFile)?.Content ?? [];
}
