using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>Every place of a container where a program may leave something for the next one, as it was once.</summary>
internal sealed class ContainerSnapshot : IDisposable
{
    private readonly List<LinuxDirectory> _opened = [];
    private readonly List<TreeSnapshot> _trees = [];

    private readonly bool _ownsIpc;

    /// <param name="ownsIpc">Whether the IPC namespace is the container's own.</param>
    public ContainerSnapshot(LinuxDirectory workspace, IEnumerable<string> temporaryDirectories, bool ownsIpc)
    {
        _ownsIpc = ownsIpc;
        _trees.Add(new TreeSnapshot(workspace));
        foreach (string path in temporaryDirectories)
        {
            if (LinuxDirectory.TryOpen(path) is { } directory)
            {
                _opened.Add(directory);
                _trees.Add(new TreeSnapshot(directory));
            }
        }
    }

    public void Restore()
    {
        _trees.ForEach(tree => tree.Restore());
        if (_ownsIpc)
        {
            SystemVIpc.RemoveAll();
        }
    }

    public void Dispose()
    {
        _trees.ForEach(tree => tree.Dispose());
        _opened.ForEach(directory => directory.Dispose());
    }
}
