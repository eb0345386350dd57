using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Activities;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Orchestrations;

/// <summary>Our context over Durable's. Counts and ids are made as the embedded engine makes them, so that both take an orchestration the same way.</summary>
internal sealed class DurableOrchestrationContext : OrchestrationContext
{
    private readonly TaskOrchestrationContext _durable;
    private readonly OrchestrationEnvelope _start;
    private readonly DurableEvents _events;
    private int _tasks;
    private int _guids;

    public DurableOrchestrationContext(TaskOrchestrationContext durable, OrchestrationEnvelope start)
    {
        _durable = durable;
        _start = start;
        _events = new(durable);
        _tasks = start.FirstTask;
        Logger = durable.CreateReplaySafeLogger(durable.Name.Name);
    }

    public override string InstanceId => _durable.InstanceId;

    public override DateTimeOffset CurrentUtc => new(DateTime.SpecifyKind(_durable.CurrentUtcDateTime, DateTimeKind.Utc));

    public override bool IsReplaying => _durable.IsReplaying;

    public override ILogger Logger { get; }

    /// <summary>What the next run begins with, if the code has asked for one.</summary>
    private string? NextInput { get; set; }

    public override Guid NewGuid()
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{InstanceId}/{_start.Run}/{_guids++}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8: made by a scheme of our own
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>
    /// Tries are counted here and not by Durable's retry policy: an activity is told which try it is, and the pauses are those of the embedded engine.
    /// </summary>
    public override async Task<TOut> CallActivityAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, ActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        int taskId = ++_tasks;
        ActivityEnvelope call = new(InstanceId, taskId, 1, Write(input), (long?)options?.Timeout?.TotalMilliseconds);
        while (true)
        {
            try
            {
                string output = await _durable.CallActivityAsync<string>(DurableNames.Of(activity.Value), call.ToJson());
                return Read<TOut>(output);
            }
            catch (TaskFailedException e)
            {
                if (options?.Retry is not { } retry || call.Attempt >= retry.MaxAttempts)
                {
                    throw new ActivityFailedException(activity.Value, e.FailureDetails.ToFailure());
                }
                call = call with { Attempt = call.Attempt + 1 };
                await _durable.CreateTimer((CurrentUtc + retry.DelayBefore(call.Attempt)).UtcDateTime, CancellationToken.None);
            }
        }
    }

    public override async Task<TOut> CallSubOrchestrationAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, TIn input, string? instanceId = null)
    {
        ArgumentNullException.ThrowIfNull(orchestration);
        _tasks++;
        string id = instanceId ?? $"{InstanceId}:{_tasks}";
        try
        {
            string output = await _durable.CallSubOrchestratorAsync<string>(
                DurableNames.Of(orchestration.Value),
                new OrchestrationEnvelope(Write(input)).ToJson(),
                new TaskOptions(retry: null).WithInstanceId(id));
            return Read<TOut>(output);
        }
        catch (TaskFailedException e)
        {
            throw new SubOrchestrationFailedException(id, e.FailureDetails.ToFailure());
        }
    }

    public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : _events.WaitAsync<T>(name, cancellationToken);

    public override Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }
        _tasks++;
        return _durable.CreateTimer(fireAt.UtcDateTime, cancellationToken);
    }

    public override void SetCustomStatus<T>(T status) => _durable.SetCustomStatus(Write(status));

    public override void ContinueAsNew<T>(T input) => NextInput = Write(input);

    /// <summary>Takes the code through its run.</summary>
    /// <returns>Its output, JSON; of no meaning if it goes on in another run.</returns>
    public static async Task<string> RunAsync(TaskOrchestrationContext durable, OrchestrationRegistration orchestration, IServiceProvider services)
    {
        OrchestrationEnvelope start = OrchestrationEnvelope.Parse(durable.GetInput<string>() ?? "null");
        DurableOrchestrationContext context = new(durable, start);
        string output = await orchestration.RunAsync(services, context, start.Input);
        if (context.NextInput is { } next)
        {
            // Only now: after it Durable wants nothing but the end, and the code may yet have calls in its finally blocks.
            context._events.CarryOver();
            durable.ContinueAsNew(new OrchestrationEnvelope(next, start.Run + 1, context._tasks).ToJson(), preserveUnprocessedEvents: true);
        }
        return output;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, OrchestrationJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, OrchestrationJson.Options)!;
}
