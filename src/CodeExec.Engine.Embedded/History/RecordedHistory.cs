using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Runs;
using CodeExec.Engine.Embedded.Store;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Engine.Embedded.History;

/// <summary>
/// The history of one instance, taken out of its database: to keep as a file and to replay in every build, so that a release which decides
/// otherwise is noticed before it meets the instances that are under way.
/// </summary>
/// <param name="FirstTask">Where the task ids of this run begin.</param>
/// <param name="Output">JSON; null if it did not complete.</param>
public sealed record RecordedHistory(string InstanceId, string Orchestration, int Run, int FirstTask, string Input, string? Output, IReadOnlyList<HistoryEvent> Events)
{
    private static readonly JsonSerializerOptions FileFormat = new(OrchestrationJson.Options) { WriteIndented = true };

    /// <returns>Null if there is no such instance.</returns>
    public static RecordedHistory? Read(SqliteDatabase database, string instanceId)
    {
        ArgumentNullException.ThrowIfNull(database);
        EngineReads reads = new(database);
        if (reads.FindRow(instanceId) is not { } row)
        {
            return null;
        }
        return new(row.Id, row.Name, row.Run, row.FirstTask, row.Input, reads.FindStatus(instanceId)?.Output, reads.Load(row.No, row.Run).History);
    }

    public static RecordedHistory FromJson(string json)
        => JsonSerializer.Deserialize<RecordedHistory>(json, FileFormat) ?? throw new JsonException("The file holds no history.");

    public string ToJson() => JsonSerializer.Serialize(this, FileFormat);

    /// <summary>Takes the registered code through this history.</summary>
    /// <exception cref="NonDeterminismException">The code decides otherwise than it did, or ends with another output.</exception>
    /// <exception cref="OrchestrationNotRegisteredException">There is no code for it.</exception>
    public void Replay(OrchestrationRegistry registry, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(registry);
        if (!registry.TryGetOrchestration(Orchestration, out OrchestrationRegistration? orchestration))
        {
            throw new OrchestrationNotRegisteredException(Orchestration);
        }
        RunStart start = new(orchestration, InstanceId, Run, FirstTask, Input);
        NonDeterminismException? foreign = null;
        OrchestrationRun run = new(start, services, NullLogger.Instance, reason => foreign = reason);
        run.Replay([.. Events.Where(line => line.Kind != HistoryEventKind.Terminated)]);
        if (foreign is not null)
        {
            throw foreign;
        }
        string? output = (run.Outcome as RunOutcome.Completed)?.Output;
        if (output != Output)
        {
            throw new NonDeterminismException(InstanceId, $"the output {Output ?? "none"}", $"on {output ?? "none"}");
        }
    }
}
