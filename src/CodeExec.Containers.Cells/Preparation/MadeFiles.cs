using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Preparation;

/// <summary>Writes what a preparation has made into a folder, and remembers why it failed.</summary>
internal sealed class MadeFiles(string folder) : IAsyncDisposable
{
    private readonly StringBuilder _said = new();
    private FileStream? _file;
    private bool _any;
    private string? _failure;

    public async Task TakeAsync(RunnerEvent received, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case OutputEvent output:
                _said.Append(Encoding.UTF8.GetString(output.Data));
                break;
            case CaseEndedEvent { ExitCode: not 0 } ended:
                _failure = $"{ended.Step} ended with {Describe(ended)}: {_said.ToString().Trim()}";
                break;
            case FileEvent file:
                await WriteAsync(file, cancellationToken);
                break;
            case FileRefusedEvent refused:
                _failure = $"{refused.Path} could not be kept: {refused.Reason}";
                break;
            default:
                break; // starts and ends of steps, which change nothing here
        }
    }

    /// <exception cref="InvalidOperationException">Says what went wrong.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null || !_any)
        {
            throw new InvalidOperationException(_failure ?? "Its commands made nothing.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }
    }

    private async Task WriteAsync(FileEvent file, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            string path = Inside(file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }

        await _file.WriteAsync(file.Data, cancellationToken);
        if (file.Last)
        {
            await _file.DisposeAsync();
            _file = null;
            _any = true;
        }
    }

    private string Inside(string path)
    {
        string full = Path.GetFullPath(path, folder);
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new InvalidDataException($"The runner sent a file that is outside of its folder: {path}");
    }

    private static string Describe(CaseEndedEvent ended)
        => ended.StartError ?? (ended.Limit is { } limit ? $"its {limit} limit" : ended.Signal is { } signal ? $"signal {signal}" : $"exit code {ended.ExitCode}");
}
