using System.Text;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>What comes of the compilation of a judge's program.</summary>
internal sealed class JudgeCompilation(int shown)
{
    private readonly OutputPreview _said = new(shown);
    private readonly KeptFiles _files = new();
    private StepResult? _compile;

    /// <summary>What the compiler said, if there is no program.</summary>
    public string? Complaint { get; private set; }

    public CompiledProgram? Program => Complaint is null && _compile is { } compile && _files.Whole.Count > 0 ? new CompiledProgram(_files.Whole, compile) : null;

    public void Record(RunnerEvent received)
    {
        switch (received)
        {
            case OutputEvent { Stream: OutputStream.Stderr } output:
                _said.Add(output.Data);
                break;
            case CaseEndedEvent ended:
                End(ended);
                break;
            case FileEvent file:
                _files.Add(file);
                break;
            default:
                break; // beginnings, and what compilers write on stdout
        }
    }

    public void Fail(string complaint) => Complaint = complaint;

    private void End(CaseEndedEvent ended)
    {
        string said = Encoding.UTF8.GetString(_said.Bytes).Trim();
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
            Fail(said.Length > 0 && ended.Limit is null ? said : $"its compiler ended with {CaseFacts.Of(ended).Describe()}. {said}".TrimEnd());
        }
    }
}
