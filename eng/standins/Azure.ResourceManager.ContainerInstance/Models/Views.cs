namespace Azure.ResourceManager.ContainerInstance.Models;

public class ContainerGroupInstanceView
{
    internal ContainerGroupInstanceView(IReadOnlyList<ContainerEvent> events, string state)
    {
        Events = events;
        State = state;
    }

    public IReadOnlyList<ContainerEvent> Events { get; }

    public string State { get; }
}

public class ContainerInstanceView
{
    internal ContainerInstanceView(int? restartCount, ContainerState currentState, ContainerState previousState, IReadOnlyList<ContainerEvent> events)
    {
        RestartCount = restartCount;
        CurrentState = currentState;
        PreviousState = previousState;
        Events = events;
    }

    public int? RestartCount { get; }

    public ContainerState CurrentState { get; }

    public ContainerState PreviousState { get; }

    public IReadOnlyList<ContainerEvent> Events { get; }
}

public class ContainerState
{
    internal ContainerState(string state, DateTimeOffset? startOn, int? exitCode, DateTimeOffset? finishOn, string detailStatus)
    {
        State = state;
        StartOn = startOn;
        ExitCode = exitCode;
        FinishOn = finishOn;
        DetailStatus = detailStatus;
    }

    public string State { get; }

    public DateTimeOffset? StartOn { get; }

    public int? ExitCode { get; }

    public DateTimeOffset? FinishOn { get; }

    public string DetailStatus { get; }
}

public class ContainerEvent
{
    internal ContainerEvent(int? count, string name, string message, string eventType)
    {
        Count = count;
        Name = name;
        Message = message;
        EventType = eventType;
    }

    public int? Count { get; }

    public string Name { get; }

    public string Message { get; }

    public string EventType { get; }
}

public class ContainerLogs
{
    internal ContainerLogs(string content) => Content = content;

    public string Content { get; }
}

public class ContainerAttachResult
{
    internal ContainerAttachResult(Uri webSocketUri, string password)
    {
        WebSocketUri = webSocketUri;
        Password = password;
    }

    public Uri WebSocketUri { get; }

    public string Password { get; }
}

public class ContainerExecResult
{
    internal ContainerExecResult(Uri webSocketUri, string password)
    {
        WebSocketUri = webSocketUri;
        Password = password;
    }

    public Uri WebSocketUri { get; }

    public string Password { get; }
}

public class ContainerInstanceUsage
{
    internal ContainerInstanceUsage(string unit, int? currentValue, int? limit, ContainerInstanceUsageName name)
    {
        Unit = unit;
        CurrentValue = currentValue;
        Limit = limit;
        Name = name;
    }

    public string Unit { get; }

    public int? CurrentValue { get; }

    public int? Limit { get; }

    public ContainerInstanceUsageName Name { get; }
}

public class ContainerInstanceUsageName
{
    internal ContainerInstanceUsageName(string value, string localizedValue)
    {
        Value = value;
        LocalizedValue = localizedValue;
    }

    public string Value { get; }

    public string LocalizedValue { get; }
}
