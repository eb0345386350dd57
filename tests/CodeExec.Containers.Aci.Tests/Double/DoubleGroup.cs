using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>
/// A container group that really runs: its container is a cell of this machine with the runner of this build, made as the group's
/// command line says, with the job that its secret holds or that somebody gives it by exec.
/// </summary>
internal sealed class DoubleGroup(string name, string region, JsonObject body, IContainerProvider cells, ArmFaults faults, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _looks;
    private Task _life = Task.CompletedTask;
    private CancellationTokenSource _stop = new();
    private Channel<string> _jobs = Channel.CreateUnbounded<string>();
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _finishedAt;
    private int? _exitCode;
    private string? _detail;
    private string _state = "Waiting";
    private bool _begun;
    private IContainer? _cell;
    private bool _evicted;
    private string? _killedBy;

    public string Name => name;

    public string Region => region;

    public JsonObject Body => body;

    public ContainerOutput Output { get; private set; } = new(faults);

    /// <summary>How often it was deployed.</summary>
    public int Deployments { get; private set; } = 1;

    public int Restarts { get; private set; }

    /// <summary>How many jobs it has begun, in all its deployments.</summary>
    public int Jobs { get; private set; }

    public bool IsRunning => _state == "Running";

    public bool IsOver => _state == "Terminated";

    public string? Warning { get; set; }

    public JsonObject Container => body["properties"]!["containers"]![0]!["properties"]!.AsObject();

    public IReadOnlyList<string> Command => [.. Container["command"]!.AsArray().Select(part => (string)part!)];

    public IReadOnlyDictionary<string, string> Environment
        => (Container["environmentVariables"]?.AsArray() ?? []).ToDictionary(variable => (string)variable!["name"]!, variable => (string)variable!["value"]!);

    /// <summary>Somebody looks at it: that is how time passes here.</summary>
    public JsonObject Look()
    {
        lock (_gate)
        {
            if (!_begun && ++_looks >= faults.LooksUntilItRuns && faults is { FailedPull: null, FailsToProvision: false })
            {
                _begun = true;
                _life = Task.Run(LiveAsync);
            }

            Warning ??= faults.FailedPull is { } why ? $"Failed to pull image \"{Container["image"]}\": {why}" : null;
            return Describe();
        }
    }

    /// <summary>A new deployment of what has ended.</summary>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (!IsOver)
            {
                return false;
            }

            Reset();
            Deployments++;
            return true;
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _life;
    }

    /// <summary>Its container ends, as the kernel or somebody else wants it.</summary>
    public void Kill(string detail)
    {
        _killedBy = detail;
        _stop.Cancel();
    }

    /// <summary>As spot groups do: it ends, and Azure starts it again when there is room.</summary>
    public void Evict()
    {
        _evicted = true;
        _stop.Cancel();
    }

    /// <summary>These in place of those it had.</summary>
    public void Tag(JsonObject tags)
    {
        lock (_gate)
        {
            body["tags"] = tags.DeepClone();
        }
    }

    /// <summary>To a live program. False when nobody hears it any more.</summary>
    public ValueTask<bool> SayAsync(RunnerCommand command) => _cell?.SendAsync(command, _stop.Token) ?? new ValueTask<bool>(false);

    public void GiveJob(string line) => _jobs.Writer.TryWrite(line);

    private void BeginAnew()
    {
        lock (_gate)
        {
            Output.DropConnections();
            Reset();
            Restarts++;
            _evicted = false;
        }
    }

    private void Reset()
    {
        (_state, _begun, _looks, _exitCode, _detail, _startedAt, _finishedAt) = ("Waiting", false, 0, null, null, null, null);
        _jobs = Channel.CreateUnbounded<string>();
        _stop = new CancellationTokenSource();
        string before = Output.Log;
        Output = new ContainerOutput(faults);
        if (faults.KeepsOldLogs)
        {
            Output.Print(before.TrimEnd());
        }
    }

    private async Task LiveAsync()
    {
        try
        {
            _exitCode = Command.Contains("--sender") ? await RunOpenAsync() : await RunInCellAsync();
            _detail = "Completed";
        }
        catch (ContainerLostException e)
        {
            (_exitCode, _detail) = (137, e.OutOfMemory ? "OOMKilled" : "Error");
        }
        catch (OperationCanceledException)
        {
            (_exitCode, _detail) = (137, _killedBy ?? "Error");
        }
        catch (Exception e) // what a test has not thought of: it shall read it, not wait for ever
        {
            (_exitCode, _detail) = (137, e.Message);
        }

        if (_evicted)
        {
            BeginAnew();
            return;
        }

        Output.End();
        _finishedAt = clock.GetUtcNow();
        _state = "Terminated";
    }

    private async Task<int> RunInCellAsync()
    {
        await using IContainer cell = await cells.CreateAsync(Spec(), _stop.Token);
        _cell = cell;
        _startedAt = clock.GetUtcNow();
        Say(new ReadyEvent(ProtocolVersion.Current, RunnerRelease.Version, Spec().Held is not null) { Sequence = 1 });
        _state = "Running";
        Job job = JsonSerializer.Deserialize(await JobAsync(), ProtocolJson.Default.Job)!;
        List<CaseEndedEvent> results = [];
        await foreach (RunnerEvent said in cell.RunAsync(job, Limits(), _stop.Token))
        {
            if (said is CaseEndedEvent result)
            {
                results.Add(result with { Sequence = 0 });
            }

            Say(said is JobEndedEvent ended && results.Count <= 8 ? ended with { Results = results } : said); // as a runner does that has its job from a file: OpenRunner has the real one
        }

        return 0;
    }

    private async Task<int> RunOpenAsync()
    {
        await using OpenRunner runner = OpenRunner.Start(Command, faults.Authorities, faults.SenderIsApart, mayGainPrivileges: (bool)Container["securityContext"]!["allowPrivilegeEscalation"]!);
        _startedAt = clock.GetUtcNow();
        await foreach (RunnerEvent said in runner.RunAsync(JobAsync, _stop.Token))
        {
            Say(said);
            _state = "Running";
        }

        return await runner.EndAsync(_stop.Token);
    }

    private async Task<string> JobAsync()
    {
        string job = SecretJob() ?? await _jobs.Reader.ReadAsync(_stop.Token);
        Jobs++;
        return job;
    }

    private void Say(RunnerEvent said)
    {
        Output.Print(JsonSerializer.Serialize(said, ProtocolJson.Default.RunnerEvent));
        faults.OnEvent?.Invoke(this, said);
    }

    private string? SecretJob()
        => body["properties"]!["volumes"]?.AsArray().Select(volume => volume!["secret"]?["job.json"]).FirstOrDefault() is { } secret && Command.Contains("/mnt/job/job.json")
            ? Encoding.UTF8.GetString(Convert.FromBase64String((string)secret!))
            : null;

    private ContainerSpec Spec()
    {
        string image = (string)Container["image"]!;
        string language = image.EndsWith("/cpp", StringComparison.Ordinal) ? "c" : image.Split('/')[^1];
        int warm = Command.ToList().IndexOf("--warm");
        string[] held = warm < 0 ? [] : [.. Command.Skip(warm + 2)];
        if (held is [_, "--require", _, ..])
        {
            held = [held[0], .. held[3..]]; // what an image has at that place, a cell adds itself
        }

        return new ContainerSpec(language, null, warm < 0 ? null : HeldInterpreter.For(HoldKind.Start, held), 64, NetworkAccess.None);
    }

    private ContainerLimits Limits()
    {
        JsonNode requests = Container["resources"]!["requests"]!;
        return new ContainerLimits((long)((double)requests["memoryInGB"]! * (1L << 30)), 4096, (double)requests["cpu"]!);
    }

    private JsonObject Describe()
    {
        JsonObject now = new() { ["state"] = _state };
        if (_startedAt is { } started)
        {
            now["startTime"] = started.ToString("O");
        }

        if (IsOver)
        {
            now["exitCode"] = _exitCode;
            now["finishTime"] = _finishedAt!.Value.ToString("O");
            now["detailStatus"] = _detail;
        }

        JsonArray events = Warning is { } warning ? [new JsonObject { ["count"] = 1, ["name"] = "Failed", ["message"] = warning, ["type"] = "Warning" }] : [];
        JsonObject described = body.DeepClone().AsObject();
        JsonObject properties = described["properties"]!.AsObject();
        properties["provisioningState"] = faults.FailsToProvision ? "Failed" : _begun ? "Succeeded" : "Creating";
        properties["instanceView"] = new JsonObject { ["events"] = new JsonArray(), ["state"] = IsOver ? (_exitCode == 0 ? "Succeeded" : "Failed") : IsRunning ? "Running" : "Pending" };
        properties["volumes"] = null; // Azure does not give secrets back
        JsonObject container = properties["containers"]![0]!["properties"]!.AsObject();
        container["instanceView"] = new JsonObject { ["restartCount"] = Restarts, ["currentState"] = now, ["events"] = events };
        return described;
    }
}
