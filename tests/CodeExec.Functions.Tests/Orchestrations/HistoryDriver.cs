using System.Globalization;
using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Functions.Activities;
using CodeExec.Functions.Orchestrations;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>
/// Takes an orchestration through a history that the embedded engine recorded, but over Durable's context: what happened then happens again, and what
/// the code decides upon it must be what it decided then.
/// </summary>
internal sealed class HistoryDriver
{
    private readonly RecordedHistory _recorded;
    private readonly ScriptedContext _durable;
    private readonly Dictionary<int, Decision> _open = [];
    private readonly Dictionary<int, int> _attempts = [];

    private HistoryDriver(RecordedHistory recorded)
    {
        _recorded = recorded;
        OrchestrationEnvelope start = new(recorded.Input, recorded.Run, recorded.FirstTask);
        _durable = new(DurableNames.Of(recorded.Orchestration), recorded.InstanceId, start.ToJson());
    }

    /// <returns>How many decisions were compared.</returns>
    public static async Task<int> ReplayAsync(RecordedHistory recorded, OrchestrationRegistry registry, IServiceProvider services)
    {
        HistoryDriver driver = new(recorded);
        Assert.True(registry.TryGetOrchestration(recorded.Orchestration, out OrchestrationRegistration? orchestration));
        Task<string>? running = null;
        int compared = 0;
        foreach (HistoryEvent line in recorded.Events)
        {
            driver._durable.Now = line.At;
            switch (line.Kind)
            {
                case HistoryEventKind.Begun:
                    running = DurableOrchestrationContext.RunAsync(driver._durable, orchestration, services);
                    break;
                case HistoryEventKind.Completed:
                    Assert.Equal(recorded.Output, await running!);
                    compared++;
                    break;
                case HistoryEventKind.Failed:
                    Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => running!);
                    FailureDetails failure = JsonSerializer.Deserialize<FailureDetails>(line.Payload!, OrchestrationJson.Options)!;
                    Assert.Equal((failure.ErrorType, failure.Message), (thrown.GetType().FullName, thrown.Message));
                    compared++;
                    break;
                case HistoryEventKind.ContinuedAsNew:
                    await running!;
                    Assert.IsType<Decision.NextRun>(driver._durable.Decisions.Dequeue());
                    compared++;
                    break;
                default:
                    compared += driver.Step(line);
                    break;
            }
        }
        Assert.Empty(driver._durable.Decisions);
        return compared;
    }

    /// <returns>1 for a decision, 0 for what happens.</returns>
    private int Step(HistoryEvent line)
    {
        switch (line.Kind)
        {
            case HistoryEventKind.ActivityScheduled:
                _open[line.TaskId] = Called(line, attempt: 1);
                return 1;
            case HistoryEventKind.SubOrchestrationScheduled:
                Decision.SubOrchestration sub = Assert.IsType<Decision.SubOrchestration>(_durable.Decisions.Dequeue());
                Assert.Equal((DurableNames.Of(line.Name!), line.Payload, $"{_recorded.InstanceId}:{line.TaskId}"), (sub.Name, OrchestrationEnvelope.Parse(sub.Input).Input, sub.InstanceId));
                _open[line.TaskId] = sub;
                return 1;
            case HistoryEventKind.TimerCreated:
                Decision.Timer timer = Assert.IsType<Decision.Timer>(_durable.Decisions.Dequeue());
                Assert.Equal(long.Parse(line.Payload!, CultureInfo.InvariantCulture), timer.FireAt.UtcTicks);
                _open[line.TaskId] = timer;
                return 1;
            case HistoryEventKind.EventReceived:
                _durable.Raise(line.Name!, line.Payload!);
                return 0;
            case HistoryEventKind.TimerFired:
                ((Decision.Timer)_open[line.TaskId]).Fired.TrySetResult();
                return 0;
            case HistoryEventKind.TryFailed:
                return Retry(line);
            case HistoryEventKind.ActivityCompleted or HistoryEventKind.SubOrchestrationCompleted:
                ResultOf(line.TaskId).SetResult(line.Payload!);
                return 0;
            case HistoryEventKind.ActivityFailed or HistoryEventKind.SubOrchestrationFailed:
                ResultOf(line.TaskId).SetException(Failed(JsonSerializer.Deserialize<FailureDetails>(line.Payload!, OrchestrationJson.Options)!));
                return 0;
            default:
                throw new NotSupportedException($"The driver does not know {line.Kind}.");
        }
    }

    /// <summary>The embedded engine retries by itself; over Durable a timer and the next call are decisions.</summary>
    private int Retry(HistoryEvent line)
    {
        using JsonDocument tried = JsonDocument.Parse(line.Payload!);
        FailureDetails failure = tried.RootElement.GetProperty("failure").Deserialize<FailureDetails>(OrchestrationJson.Options)!;
        ResultOf(line.TaskId).SetException(Failed(failure));
        Decision.Timer pause = Assert.IsType<Decision.Timer>(_durable.Decisions.Dequeue());
        Assert.Equal(tried.RootElement.GetProperty("retryAt").GetDateTimeOffset(), pause.FireAt);
        _durable.Now = pause.FireAt;
        pause.Fired.SetResult();
        int attempt = _attempts[line.TaskId] + 1;
        HistoryEvent scheduled = _recorded.Events.First(each => each.Kind == HistoryEventKind.ActivityScheduled && each.TaskId == line.TaskId);
        _open[line.TaskId] = Called(scheduled, attempt);
        return 1;
    }

    private Decision.Activity Called(HistoryEvent line, int attempt)
    {
        Decision.Activity activity = Assert.IsType<Decision.Activity>(_durable.Decisions.Dequeue());
        ActivityEnvelope call = ActivityEnvelope.Parse(activity.Input);
        Assert.Equal((DurableNames.Of(line.Name!), line.Payload, line.TaskId, attempt, _recorded.InstanceId), (activity.Name, call.Input, call.TaskId, call.Attempt, call.InstanceId));
        _attempts[line.TaskId] = attempt;
        return activity;
    }

    private TaskCompletionSource<string> ResultOf(int taskId) => _open[taskId] switch
    {
        Decision.Activity activity => activity.Result,
        Decision.SubOrchestration sub => sub.Result,
        var other => throw new InvalidOperationException($"Task {taskId} is {other}."),
    };

    private static TaskFailedException Failed(FailureDetails failure) => new("task", 0, Details(failure));

    private static TaskFailureDetails Details(FailureDetails failure)
        => new(failure.ErrorType, failure.Message, null, failure.Inner is { } inner ? Details(inner) : null, null);
}
