using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running;

/// <summary>Files of a job that come piece by piece.</summary>
internal sealed class KeptFiles
{
    private readonly List<JobFile> _whole = [];
    private readonly Dictionary<string, MemoryStream> _open = new(StringComparer.Ordinal);

    public IReadOnlyList<JobFile> Whole => _whole;

    public void Add(FileEvent file)
    {
        if (!_open.TryGetValue(file.Path, out MemoryStream? content))
        {
            _open.Add(file.Path, content = new MemoryStream());
        }

        content.Write(file.Data);
        if (file.Last)
        {
            _whole.Add(new JobFile(file.Path, content.ToArray(), file.Executable));
            _open.Remove(file.Path);
        }
    }
}
