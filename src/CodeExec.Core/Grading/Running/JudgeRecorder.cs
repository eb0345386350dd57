using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Makes results out of what a checker's runner says.</summary>
internal sealed class JudgeRecorder(IReadOnlyList<OutputToCheck> outputs, JudgeProtocol protocol)
{
    private readonly Dictionary<string, OutputToCheck> _outputs = outputs.ToDictionary(output => output.Test.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CheckResult> _checks = new(StringComparer.Ordinal);
    private OutputPreview _said = new(JudgeSaid.Kept);
    private KeptFiles _feedback = new();
    private string? _current;

    public IReadOnlyDictionary<string, CheckResult> Checks => _checks;

    /// <summary>It has begun and not ended.</summary>
    public bool IsAtWork => _current is not null;

    /// <summary>How a program in the checker's language says that it died of an error.</summary>
    public FailurePattern? Failure { get; init; }

    public void Record(RunnerEvent received)
    {
        switch (received)
        {
            case CaseStartedEvent started:
                _current = started.Case;
                _said = new OutputPreview(JudgeSaid.Kept);
                _feedback = new KeptFiles();
                break;
            case OutputEvent { Stream: OutputStream.Stderr } output:
                _said.Add(output.Data);
                break;
            case FileEvent file when _current is not null:
                _feedback.Add(file);
                break;
            case CaseEndedEvent { Step: ExecutionPlan.RunStep } ended when _outputs.ContainsKey(ended.Case):
                _checks[ended.Case] = Check(ended);
                _current = null;
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
            _checks[id] = CheckResult.JudgeFailed(message);
        }
        else
        {
            EndAll(message);
        }
    }

    /// <param name="details">For its author.</param>
    public void EndAll(string message, string? details = null)
    {
        foreach (string id in _outputs.Keys.Where(id => !_checks.ContainsKey(id)))
        {
            _checks[id] = CheckResult.JudgeFailed(message, details);
        }
    }

    private CheckResult Check(CaseEndedEvent ended)
        => JudgeWords.Read(CaseFacts.Of(ended), protocol, JudgeSaid.Of(_said.Bytes, _feedback.Whole), _outputs[ended.Case].Test.Points, "checker", Failure);
}
