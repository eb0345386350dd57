using System.Globalization;
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
    private readonly RunTally _runs = new();
    private HeldFeed? _held; // of a run after the first
    private IBlobWriter? _artifact;
    private long _artifactBytes;

    /// <summary>How often the program is run.</summary>
    public int Runs { get; init; } = 1;

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
                await Told.DrainAsync(cancellationToken);
                break;
            case CaseEndedEvent ended:
                await (ended.Step == ExecutionPlan.CompileStep ? EndCompileAsync(ended, cancellationToken) : EndRunAsync(ended, cancellationToken));
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

    /// <summary>Where what happens is told.</summary>
    private ILogWriter Told => (ILogWriter?)_held ?? feed;

    private async Task EndCompileAsync(CaseEndedEvent ended, CancellationToken cancellationToken) => Compile = await EndAsync(ended, cancellationToken);

    private async Task EndRunAsync(CaseEndedEvent ended, CancellationToken cancellationToken)
    {
        _runs.Add(ended);
        if (_held is null || ended is not { ExitCode: 0, Limit: null })
        {
            Run = await EndAsync(ended, cancellationToken);
        }

        if (Runs > 1)
        {
            feed.Say(clock, ended.Step, LogLevel.Info, string.Create(CultureInfo.InvariantCulture, $"Run {_runs.Count} of {Runs}: {ended.WallMs:0} ms, {ended.CpuMs:0} ms of CPU time"));
            if (_held is not null && ended is not { ExitCode: 0, Limit: null })
            {
                feed.Say(clock, ended.Step, LogLevel.Warn, $"Run {_runs.Count} failed: what it wrote is the result");
                _held.Tell();
            }

            Run = _runs.Averages(Run!);
            _held = new HeldFeed(feed, clock);
            await ForgetAsync(ended.Step);
        }
    }

    /// <summary>The next run writes anew.</summary>
    private async Task ForgetAsync(string step)
    {
        foreach (OutputStream stream in Enum.GetValues<OutputStream>())
        {
            if (_streams.Remove((step, stream), out StreamRecorder? recorder))
            {
                await recorder.DisposeAsync();
            }
        }
    }

    private async Task<StepResult> EndAsync(CaseEndedEvent ended, CancellationToken cancellationToken)
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
            Told.Say(clock, ended.Step, LogLevel.Error, reason);
        }

        return result;
    }

    private void SayCut(string step, string stream, bool truncated, long total)
    {
        if (truncated)
        {
            Told.Say(clock, step, LogLevel.Warn, $"{stream} was cut at its limit, after {total} bytes had been written");
        }
    }

    private DisplayRecorder Display => _displays ??= new(id, shown, _secrets, blobs, feed, clock);

    private StreamRecorder Stream(string step, OutputStream stream)
    {
        if (!_streams.TryGetValue((step, stream), out StreamRecorder? found))
        {
            LogSource source = stream == OutputStream.Stdout ? LogSource.Stdout : LogSource.Stderr;
            found = new StreamRecorder(id, step, source, new SecretMasker(_secrets), blobs, Told, clock);
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
