using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>Brings an execution's kept files into a folder of the user's.</summary>
internal static class ArtifactDownload
{
    public static Task SaveAsync(CodeExecClient client, string executionId, string path, string folder, CancellationToken cancellationToken)
        => SaveAsync(() => client.GetArtifactAsync(executionId, path, cancellationToken), path, folder, cancellationToken);

    /// <exception cref="UsageException">The path leads out of the folder: names come from a program that need not be friendly.</exception>
    public static async Task SaveAsync(Func<Task<Stream>> open, string path, string folder, CancellationToken cancellationToken)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string target = Path.GetFullPath(path, root);
        if (!target.StartsWith(root, StringComparison.Ordinal))
        {
            throw new UsageException($"The file '{path}' would be written outside of '{folder}' and was left alone.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using Stream content = await open();
        await using FileStream file = File.Create(target);
        await content.CopyToAsync(file, cancellationToken);
    }
}
