using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Instances;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Engine.Embedded.Activities;

/// <summary>Runs activities, so many of a kind at once.</summary>
internal sealed class ActivityDispatcher
{
    private readonly Dictionary<string, ActivityLane> _lanes;
    private readonly WorkGauge _gauge;

    public ActivityDispatcher(OrchestrationRegistry registry, IServiceProvider services, TimeProvider clock, WorkGauge gauge)
    {
        _lanes = registry.Activities.ToDictionary(activity => activity.Name, activity => new ActivityLane(activity), StringComparer.Ordinal);
        _gauge = gauge;
        Services = services;
        Scopes = services.GetService(typeof(IServiceScopeFactory)) as IServiceScopeFactory;
        Clock = clock;
    }

    public IServiceProvider Services { get; }

    public IServiceScopeFactory? Scopes { get; }

    public TimeProvider Clock { get; }

    public IReadOnlyDictionary<string, int> Running => _lanes.ToDictionary(lane => lane.Key, lane => lane.Value.Running, StringComparer.Ordinal);

    public bool Knows(string activity) => _lanes.ContainsKey(activity);

    /// <param name="here">Run its synchronous part on this thread: it saves a hop where the caller has nothing else to do.</param>
    public void Dispatch(ActivityCall call, bool here)
    {
        ActivityLane lane = _lanes[call.Activity];
        if (lane.Enter(call, next => Begin(lane, next)) is { } started)
        {
            Run(started, here);
        }
    }

    public void CallOff(Instance? of)
    {
        foreach (ActivityLane lane in _lanes.Values)
        {
            lane.RunningTries(of).ForEach(running => running.CallOff());
        }
    }

    /// <summary>Begins nothing any more.</summary>
    public void Close()
    {
        foreach (ActivityLane lane in _lanes.Values)
        {
            lane.Close();
        }
    }

    /// <summary>Its place is free.</summary>
    public void Ended(ActivityLane lane, ActivityTry ended)
    {
        if (lane.Leave(ended, next => Begin(lane, next)) is { } following)
        {
            Run(following, here: false);
        }
    }

    /// <summary>What it had to say is said.</summary>
    public void Reported() => _gauge.Down();

    private ActivityTry Begin(ActivityLane lane, ActivityCall call)
    {
        _gauge.Up();
        return new ActivityTry(this, lane, call);
    }

    private static void Run(ActivityTry started, bool here)
    {
        if (here)
        {
            _ = started.RunAsync();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static started => _ = started.RunAsync(), started, preferLocal: false);
        }
    }
}
