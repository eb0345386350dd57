using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions;

/// <summary>Where the bytes of an execution lie. All below one prefix, so that they can be deleted together.</summary>
public static class ExecutionBlobs
{
    public static string Prefix(ExecutionId id) => $"executions/{id}/";

    public static string Output(ExecutionId id, string step, string stream) => $"{Prefix(id)}{BlobKey.Segment(step)}/{stream}";

    /// <param name="display">Its id.</param>
    public static string Display(ExecutionId id, string display) => $"{Prefix(id)}displays/{display}";

    public static string Artifact(ExecutionId id, string path) => $"{Prefix(id)}artifacts/{BlobKey.Segment(path)}";
}
