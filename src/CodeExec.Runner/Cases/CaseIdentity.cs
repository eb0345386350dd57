using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Cases;

/// <summary>Which case of which step, as events name it.</summary>
internal sealed record CaseIdentity(EventWriter Events, JobStep Step, JobCase Case)
{
    public JobLimits Limits => Case.Limits ?? Step.Limits;

    public CaseEndedEvent Ended => new() { Step = Step.Name, Case = Case.Id };

    public void Emit(OutputStream stream, ReadOnlySpan<byte> data) => Events.Output(Step.Name, Case.Id, stream, data);
}
