using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Cases;

/// <summary>Which case of which step, as events name it.</summary>
internal sealed record CaseIdentity(HostLink Host, JobStep Step, JobCase Case)
{
    public JobLimits Limits => Case.Limits ?? Step.Limits;

    /// <summary>What its program reads.</summary>
    public StdinBuffer Stdin => Case.Live ? Host.LiveStdin : StdinBuffer.Of(Case.Stdin);

    public CaseEndedEvent Ended => new() { Step = Step.Name, Case = Case.Id };

    public void Emit(OutputStream stream, ReadOnlySpan<byte> data) => Host.Events.Output(Step.Name, Case.Id, stream, data);
}
