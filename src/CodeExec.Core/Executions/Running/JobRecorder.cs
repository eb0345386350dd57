using System.Text;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running;

/// <summary>Makes a report, a feed and blobs out of what a runner says. Believes a runner no more than is needed: sizes are bounded here too.</summary>
/// <param name="shown">What the job was allowed to show; null for nothing.</param>
internal sealed class JobRecorder(ExecutionId id, IReadOnlyCollection<string> secrets, JobDisplays? shown, IBlobStore blobs, ILogWriter feed, TimeProvider clock) : IAsyncDisposable
{
    private readonly List<byte[]> _secrets = [.. secrets.Select(Encoding.UTF8.GetBytes)];
    private DisplayRecorder? _displays;
    private string? _step;
    private readonly Dictionary<(string Step, OutputStream Stream), StreamRecorder> _streams = [];
    private readonly KeptFiles _kept = new();
    private readonly List<ArtifactInfo> _artifacts = [];
    private IBlobWriter? _artifact;
    private long _artifactBytes;

    public StepResult? Compile { get; private set; }

    public StepResult? Run { get; private set; }

    public string? StartError { get; private set; }

    public bool CompileSucceeded { get; private set; }

    public IReadOnlyList<ArtifactInfo> Artifacts => _artifacts;

    public IReadOnlyList<DisplayInfo>? Displays => _displays?.All;

    /// <summary>What the compiler made, once the compile step has succeeded.</summary>
    public IReadOnlyList<JobFile> KeptFiles => _kept.Whole;

    public async ValueTask RecordAsync(RunnerEvent received, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case StepStartedEvent started:
                Begin(started.Step);
                break;
            case OutputEvent output:
                await Stream(output.Step, output.Stream).AddAsync(output.Data, cancellationToken);
                await feed.DrainAsync(cancellationToken);
                break;
            case CaseEndedEvent ended:
                await EndAsync(ended, cancellationToken);
                break;
            case StepEndedEvent { Step: ExecutionPlan.CompileStep } ended:
                CompileSucceeded = ended.Succeeded;
                break;
            case FileEvent { Purpose: FilePurpose.Kept } file:
                _kept.Add(file);
                break;
            case FileEvent { Purpose: FilePurpose.Display } file:
                await Display.AddAsync(file, _step, cancellationToken);
                break;
            case FileRefusedEvent { Purpose: FilePurpose.Display } refused:
                Display.Refuse(refused, _step);
                break;
            case FileEvent file:
                await StoreAsync(file, cancellationToken);
                break;
            case FileRefusedEvent { Purpose: FilePurpose.Artifact } refused:
                _artifacts.Add(new ArtifactInfo(refused.Path, 0, refused.Reason));
                feed.Say(clock, null, LogLevel.Warn, $"Artifact {refused.Path} was not kept: {refused.Reason}");
                break;
            default:
                break; // starts of cases, which the feed has no words for
        }
    }

    private void Begin(string step)
    {
        _step = step;
        if (step == ExecutionPlan.CompileStep)
        {
            feed.Say(clock, step, LogLevel.Info, "Compiling");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (StreamRecorder stream in _streams.Values)
        {
            await stream.DisposeAsync();
        }

        if (_artifact is not null)
        {
            await _artifact.DisposeAsync();
        }
    }

    private async Task EndAsync(CaseEndedEvent ended, CancellationToken cancellationToken)
    {
        StepResult result = new()
        {
            ExitCode = ended.ExitCode,
            Signal = ended.Signal,
            Limit = (ResourceLimit?)ended.Limit,
            Stdout = await Stream(ended.Step, OutputStream.Stdout).CompleteAsync(ended.StdoutBytes, ended.StdoutTruncated, cancellationToken),
            Stderr = await Stream(ended.Step, OutputStream.Stderr).CompleteAsync(ended.StderrBytes, ended.StderrTruncated, cancellationToken),
            WallMs = ended.WallMs,
            CpuMs = ended.CpuMs,
            MemoryBytes = ended.MemoryBytes,
        };
        SayCut(ended.Step, "stdout", ended.StdoutTruncated, ended.StdoutBytes);
        SayCut(ended.Step, "stderr", ended.StderrTruncated, ended.StderrBytes);
        if (ended.StartError is { } reason)
        {
            StartError = reason;
            feed.Say(clock, ended.Step, LogLevel.Error, reason);
        }

        if (ended.Step == ExecutionPlan.CompileStep)
        {
            Compile = result;
        }
        else
        {
            Run = result;
        }
    }

    private void SayCut(string step, string stream, bool truncated, long total)
    {
        if (truncated)
        {
            feed.Say(clock, step, LogLevel.Warn, $"{stream} was cut at its limit, after {total} bytes had been written");
        }
    }

    private DisplayRecorder Display => _displays ??= new(id, shown, _secrets, blobs, feed, clock);

    private StreamRecorder Stream(string step, OutputStream stream)
    {
        if (!_streams.TryGetValue((step, stream), out StreamRecorder? found))
        {
            LogSource source = stream == OutputStream.Stdout ? LogSource.Stdout : LogSource.Stderr;
            found = new StreamRecorder(id, step, source, new SecretMasker(_secrets), blobs, feed, clock);
            _streams.Add((step, stream), found);
        }

        return found;
    }

    private async Task StoreAsync(FileEvent file, CancellationToken cancellationToken)
    {
        _artifact ??= await blobs.CreateAsync(ExecutionBlobs.Artifact(id, file.Path), cancellationToken);
        await _artifact.WriteAsync(file.Data, cancellationToken);
        _artifactBytes += file.Data.Length;
        if (file.Last)
        {
            await _artifact.CommitAsync(cancellationToken);
            await _artifact.DisposeAsync();
            _artifacts.Add(new ArtifactInfo(file.Path, _artifactBytes));
            _artifact = null;
            _artifactBytes = 0;
        }
    }
}
