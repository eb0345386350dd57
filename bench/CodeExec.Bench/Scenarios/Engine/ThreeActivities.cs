using System.Globalization;
using CodeExec.Core.Orchestration;

namespace CodeExec.Bench.Scenarios.Engine;

/// <summary>The smallest orchestration with something to remember: each activity adds one to what the one before gave.</summary>
internal sealed class ThreeActivities : IOrchestration<int, int>
{
    public const int Activities = 3;

    private static readonly ActivityName<int, int> AddOneName = new("bench.addOne");

    public static OrchestrationName<int, int> Name { get; } = new("bench.threeActivities");

    public static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .Add(Name, _ => new ThreeActivities())
        .Add(AddOneName, _ => new AddOne());

    public static string OutputOf(int input) => (input + Activities).ToString(CultureInfo.InvariantCulture);

    public async Task<int> RunAsync(OrchestrationContext context, int input)
    {
        int value = input;
        for (int i = 0; i < Activities; i++)
        {
            value = await context.CallActivityAsync(AddOneName, value);
        }
        return value;
    }

    private sealed class AddOne : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityContext context, int input, CancellationToken cancellationToken) => Task.FromResult(input + 1);
    }
}
