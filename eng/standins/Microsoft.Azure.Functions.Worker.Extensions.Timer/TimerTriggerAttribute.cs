using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    public TimerTriggerAttribute(string schedule) => Schedule = schedule;

    public string Schedule { get; }

    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}

public class TimerInfo
{
    public bool IsPastDue { get; set; }
}
