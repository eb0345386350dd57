namespace CodeExec.Core.Containers.Images;

/// <summary>Where the images of languages (infra/images) have what is ours.</summary>
public static class ImagePaths
{
    public const string Runner = "/opt/codeexec/runner";
    public const string Sender = "/opt/codeexec/sender";
    public const string Python = "/opt/codeexec/python";
    public const string NodePreload = "/opt/codeexec/node/preload.js";
}
