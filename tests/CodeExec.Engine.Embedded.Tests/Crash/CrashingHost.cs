using System.Globalization;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Engine.Embedded.Tests.Crash;

/// <summary>
/// The process that is killed: this assembly run as a program. It says on its standard output what it has accepted and what its
/// activities do, which is the outside journal that the test checks the store against.
/// </summary>
internal static class CrashingHost
{
    public static readonly OrchestrationName<int, int> Main = new("CrashMain");
    private static readonly OrchestrationName<int, int> Child = new("CrashChild");
    private static readonly ActivityName<int, int> Work = new("CrashWork");

    /// <summary>What instance <paramref name="n"/> must end with, however often the host dies.</summary>
    public static int Expected(int n) => 6 * (n + 1);

    /// <param name="effect">Told of each try before it does anything.</param>
    public static OrchestrationRegistry Registry(Action<ActivityContext> effect) => new OrchestrationRegistry()
        .Orchestration(Main, RunAsync, new OrchestrationLimits(MaxActive: 60))
        .Orchestration(Child, RunChildAsync)
        .Activity(Work, async (context, n, _) =>
        {
            effect(context);
            await Task.Yield();
            return n + 1;
        }, maxConcurrent: 8);

    /// <summary>Entry point: FILE FIRST COUNT.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int first = int.Parse(args[1], CultureInfo.InvariantCulture);
        int count = int.Parse(args[2], CultureInfo.InvariantCulture);
        Lock gate = new();
        using Stream output = Console.OpenStandardOutput();
        void Say(string line)
        {
            lock (gate)
            {
                output.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
            }
        }
        using SqliteDatabase database = SqliteDatabase.Open(new() { File = args[0] });
        await using EmbeddedEngine engine = new(
            database, Registry(context => Say($"effect {context.InstanceId} {context.TaskId} {context.Attempt}")), NoServices.Instance, new(), TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        await Parallel.ForEachAsync(Enumerable.Range(first, count), async (n, cancellationToken) =>
        {
            await engine.StartAsync(Main, $"i{n}", n, null, cancellationToken);
            Say($"accepted i{n}");
            await engine.RaiseEventAsync($"i{n}", "go", 0, cancellationToken);
            Say($"raised i{n}");
        });
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System); // until it is killed
        return 0;
    }

    private static async Task<int> RunAsync(OrchestrationContext context, int n)
    {
        int sum = await context.CallActivityAsync(Work, n);
        sum += (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => context.CallActivityAsync(Work, n)))).Sum();
        await context.CreateTimerAsync(context.CurrentUtc.AddMilliseconds(5));
        sum += await context.CallSubOrchestrationAsync(Child, n);
        await context.WaitForEventAsync<int>("go");
        return sum;
    }

    private static async Task<int> RunChildAsync(OrchestrationContext context, int n)
    {
        int sum = 0;
        try
        {
            sum = await context.CallActivityAsync(Work, n);
        }
        finally
        {
            sum += await context.CallActivityAsync(Work, n);
        }
        return sum;
    }
}
