using System.Text;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Makes results out of what a checker's runner says.</summary>
internal sealed class JudgeRecorder(IReadOnlyList<OutputToCheck> outputs, JudgeProtocol protocol, int shown)
{
    private readonly Dictionary<string, OutputToCheck> _outputs = outputs.ToDictionary(output => output.Test.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CheckResult> _checks = new(StringComparer.Ordinal);
    private readonly List<JobFile> _kept = [];
    private readonly Dictionary<string, MemoryStream> _open = new(StringComparer.Ordinal);
    private OutputPreview _said = new(shown);
    private StepResult? _compile;
    private string? _current;

    public IReadOnlyDictionary<string, CheckResult> Checks => _checks;

    /// <summary>How a program in the checker's language says that it died of an error: often with an exit code that means "wrong" of a checker.</summary>
    public FailurePattern? Failure { get; init; }

    /// <summary>What the compiler said, if the checker does not compile.</summary>
    public string? CompileFailure { get; private set; }

    public CompiledProgram? Compiled => _kept.Count > 0 && _compile is { } compile ? new CompiledProgram(_kept, compile) : null;

    public void Record(RunnerEvent received)
    {
        switch (received)
        {
            case CaseStartedEvent started:
                _current = started.Step == ExecutionPlan.RunStep ? started.Case : null;
                _said = new OutputPreview(shown);
                break;
            case OutputEvent { Stream: OutputStream.Stderr } output:
                _said.Add(output.Data);
                break;
            case CaseEndedEvent { Step: ExecutionPlan.CompileStep } compiled:
                EndCompile(compiled);
                break;
            case CaseEndedEvent { Step: ExecutionPlan.RunStep } ended when _outputs.ContainsKey(ended.Case):
                _checks[ended.Case] = Check(ended);
                _current = null;
                break;
            case FileEvent { Purpose: FilePurpose.Kept } file:
                Keep(file);
                break;
            default:
                break; // steps, and what a checker writes on stdout
        }
    }

    /// <summary>The one at work ends here.</summary>
    public void EndCurrent(string message)
    {
        if (_current is { } id && _outputs.ContainsKey(id))
        {
            _checks[id] = new CheckResult(Verdict.CheckerError, 0, message);
        }
        else
        {
            EndAll(message);
        }
    }

    public void EndAll(string message)
    {
        foreach (string id in _outputs.Keys.Where(id => !_checks.ContainsKey(id)))
        {
            _checks[id] = new CheckResult(Verdict.CheckerError, 0, message);
        }
    }

    private CheckResult Check(CaseEndedEvent ended)
    {
        CaseFacts facts = new(ended.ExitCode, ended.Signal, (ResourceLimit?)ended.Limit, ended.StartError);
        string said = Said();
        if (facts.ExitCode is not (null or 0) && Failure?.Find(said) is { } failure)
        {
            return new CheckResult(Verdict.CheckerError, 0, $"The checker failed ({failure}). {said}");
        }

        if (VerdictTable.OfChecker(facts, protocol) is { } verdict)
        {
            string? message = verdict == Verdict.CheckerError ? $"The checker failed ({Describe(facts)}). {said}".TrimEnd() : said.Length > 0 ? said : null;
            return new CheckResult(verdict, verdict == Verdict.Accepted ? 1 : 0, message);
        }

        if (PointsText.Read(said) is not { } points)
        {
            return new CheckResult(Verdict.CheckerError, 0, "The checker gives points (exit code 7) but says no number on stderr.");
        }

        decimal most = _outputs[ended.Case].Test.Points;
        decimal fraction = most == 0 ? 0 : Math.Clamp(points.Points / most, 0, 1);
        return new CheckResult(fraction >= 1 ? Verdict.Accepted : fraction > 0 ? Verdict.PartiallyCorrect : Verdict.WrongAnswer, fraction, points.Message);
    }

    private static string Describe(CaseFacts facts)
        => facts.Limit is { } limit ? $"at its limit of {limit}" : facts.Signal is { } signal ? $"signal {signal}" : facts.StartError ?? $"exit code {facts.ExitCode}";

    private string Said() => Encoding.UTF8.GetString(_said.Bytes).Trim();

    private void EndCompile(CaseEndedEvent ended)
    {
        string said = Said();
        _compile = new StepResult
        {
            ExitCode = ended.ExitCode,
            Signal = ended.Signal,
            Limit = (ResourceLimit?)ended.Limit,
            Stdout = CapturedOutput.Empty,
            Stderr = new CapturedOutput(said, null, ended.StderrBytes, _said.IsCut),
            WallMs = ended.WallMs,
            CpuMs = ended.CpuMs,
            MemoryBytes = ended.MemoryBytes,
        };
        if (ended.ExitCode != 0 || ended.Limit is not null)
        {
            CompileFailure = said.Length > 0 ? said : ended.StartError ?? "its compiler failed";
        }
    }

    private void Keep(FileEvent file)
    {
        if (!_open.TryGetValue(file.Path, out MemoryStream? content))
        {
            _open.Add(file.Path, content = new MemoryStream());
        }

        content.Write(file.Data);
        if (file.Last)
        {
            _kept.Add(new JobFile(file.Path, content.ToArray(), file.Executable));
            _open.Remove(file.Path);
        }
    }
}
