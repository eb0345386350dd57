using System.Text;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Running;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>One test while its two programs speak: what is kept of it, and what it comes to.</summary>
/// <param name="run">Keeps what the program writes.</param>
internal sealed class InteractiveTest(TestRun run, CheckerSpec.Interactor checker, int shown)
{
    private const int ShownOfAnInteractor = 1000;

    private readonly Transcript _transcript = new(shown);
    private readonly OutputPreview _said = new(ShownOfAnInteractor);
    private readonly KeptFiles _files = new();

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
            ?? JudgeWords.Read(end.Interactor, checker.Judge.Protocol, Said(), run.Test.Points, "interactor");
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
    public byte[] Output => Written(InteractionJobs.OutputFile) ?? [];

    private string Said() => Written(InteractionJobs.MessageFile) is { } message
        ? Encoding.UTF8.GetString(message.AsSpan(0, Math.Min(message.Length, ShownOfAnInteractor)))
        : Encoding.UTF8.GetString(_said.Bytes);

    private byte[]? Written(string path) => _files.Whole.FirstOrDefault(file => file.Path == path)?.Content;
}
