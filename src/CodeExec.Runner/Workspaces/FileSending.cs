using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Workspaces;

/// <summary>Sends the files of a workspace that a job asks for.</summary>
internal static class FileSending
{
    public static void Send(LinuxDirectory workspace, HostLink host, FilePurpose purpose, IReadOnlyList<string> patterns, FileAllowance allowance)
        => new FileCollector(workspace, host, purpose, [.. patterns.Select(pattern => new Glob(pattern))], allowance).Collect();

    /// <summary>What one case leaves behind, before it is known to have ended.</summary>
    public static void SendCollected(LinuxDirectory workspace, HostLink host, JobCase item)
        => Send(workspace, host, FilePurpose.Artifact, item.Collect ?? [], new FileAllowance(JobCase.MostCollectedBytes, JobCase.MostCollectedFiles));
}
