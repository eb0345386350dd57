using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Runner.Tests.Driving;

/// <summary>What a runner has said about a whole job.</summary>
public sealed record JobResult(IReadOnlyList<RunnerEvent> Events, int ExitCode)
{
    /// <summary>The only case there was.</summary>
    public CaseEndedEvent Case => Assert.Single(Cases);

    public IReadOnlyList<CaseEndedEvent> Cases => Of<CaseEndedEvent>();

    public string Stdout => Text(OutputStream.Stdout);

    public string Stderr => Text(OutputStream.Stderr);

    public IReadOnlyList<T> Of<T>()
        where T : RunnerEvent => [.. Events.OfType<T>()];

    public byte[] Bytes(OutputStream stream, string? caseId = null, string? step = null) =>
    [
        .. Of<OutputEvent>()
            .Where(output => output.Stream == stream && (caseId is null || output.Case == caseId) && (step is null || output.Step == step))
            .SelectMany(output => output.Data),
    ];

    public string Text(OutputStream stream, string? caseId = null, string? step = null) => Encoding.UTF8.GetString(Bytes(stream, caseId, step));

    /// <summary>The whole content of a file that was sent.</summary>
    public string FileText(string path)
    {
        List<FileEvent> pieces = [.. Of<FileEvent>().Where(file => file.Path == path)];
        Assert.True(pieces.Count > 0 && pieces[^1].Last, $"{path} was not sent, or not to its end.");
        return Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece.Data)]);
    }
}
