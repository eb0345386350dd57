using System.Diagnostics;
using System.Text.Json;
using CodeExec.Protocol;

namespace CodeExec.Runner.Tests.Driving;

/// <summary>One runner, spoken to over its pipes.</summary>
public sealed class RunnerSession : IDisposable
{
    /// <summary>So that a runner that hangs fails its test, and does not hang the build.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly CancellationTokenSource _deadline = new(Patience, TimeProvider.System);
    private readonly string? _workspace;

    private RunnerSession(Process process, string? workspace)
    {
        _process = process;
        _workspace = workspace;
    }

    public List<RunnerEvent> Events { get; } = [];

    /// <summary>For loops that wait for something to come true.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public int ProcessId => _process.Id;

    /// <summary>The workspace's path as programs see it.</summary>
    public string Workspace => _workspace ?? "/workspace";

    public static RunnerSession Start(Place place, params string[] options) => Start(place, workspaceBytes: null, options);

    public static RunnerSession Start(Place place, int? workspaceBytes, params string[] options)
    {
        ProcessStartInfo start = new() { RedirectStandardInput = true, RedirectStandardOutput = true };
        string? workspace = null;
        if (place == Place.Jail)
        {
            Bubblewrap.SkipIfMissing();
            string[] command = [.. Bubblewrap.CommandLine(workspaceBytes)];
            start.FileName = command[0];
            Add(start, command[1..]);
        }
        else
        {
            workspace = Directory.CreateTempSubdirectory("codeexec-runner-").FullName;
            start.FileName = RunnerBinary.Path;
            Add(start, ["--workspace", workspace]);
        }

        Add(start, options);
        return new RunnerSession(Process.Start(start)!, workspace);
    }

    /// <summary>Plainly, by a command that gets the runner's command line as further arguments.</summary>
    public static RunnerSession StartThrough(string[] command)
    {
        string workspace = Directory.CreateTempSubdirectory("codeexec-runner-").FullName;
        ProcessStartInfo start = new(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Add(start, [.. command[1..], RunnerBinary.Path, "--workspace", workspace]);
        return new RunnerSession(Process.Start(start)!, workspace);
    }

    public async Task SendAsync(Job job) => await SendLineAsync(JsonSerializer.Serialize(job, ProtocolJson.Default.Job));

    public async Task SendLineAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteAsync($"{line}\n".AsMemory(), _deadline.Token);
            await _process.StandardInput.FlushAsync(_deadline.Token);
        }
        catch (IOException)
        {
            // A runner that refuses its job may have ended before it read all of it; its events say so.
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Null at the end of the events.</summary>
    public async Task<RunnerEvent?> ReadAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(_deadline.Token);
        if (line is null)
        {
            return null;
        }

        RunnerEvent read = JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)!;
        Assert.Equal(Events.Count + 1, read.Sequence);
        Events.Add(read);
        return read;
    }

    public async Task<T> ReadUntilAsync<T>()
        where T : RunnerEvent
    {
        while (await ReadAsync() is { } read)
        {
            if (read is T wanted)
            {
                return wanted;
            }

            Assert.False(read is FaultEvent, (read as FaultEvent)?.Message);
        }

        throw new InvalidOperationException($"The runner ended without a {typeof(T).Name}.");
    }

    /// <summary>Everything up to the runner's own end.</summary>
    public async Task<JobResult> FinishAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        await _process.WaitForExitAsync(_deadline.Token);
        return new JobResult(Events, _process.ExitCode);
    }

    public static async Task<JobResult> RunAsync(Place place, Job job)
    {
        using RunnerSession session = Start(place);
        await session.SendAsync(job);
        return await session.FinishAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _deadline.Dispose();
        if (_workspace is not null)
        {
            Directory.Delete(_workspace, recursive: true);
        }
    }

    private static void Add(ProcessStartInfo start, IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }
}
