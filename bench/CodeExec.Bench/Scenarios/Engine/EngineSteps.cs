using CodeExec.Bench.Report;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Bench.Scenarios.Engine;

internal sealed class EngineSteps : Scenario
{
    public override string Name => "engine";

    public override string Question => "How many orchestrations of three activities a second does the embedded engine take to their end, durably?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Table table = new(Question, "in flight", "orchestrations", "orchestrations /s", "activities /s", "bare /s", "engine / bare")
        {
            Note = "The engine alone, in the benchmark's process; SQLite with synchronous=FULL. Bare: five rows of 200 bytes, one after the other, each committed "
                + "by the same group-committing writer before the next, which is what such an orchestration has to remember (start, three results, end).",
        };
        List<Figure> figures = [];
        (int InFlight, int Count)[] rounds = lab.Quick ? [(10, 100)] : [(1, 1_000), (100, 10_000), (4_000, 60_000)];
        foreach ((int inFlight, int count) in rounds)
        {
            lab.Tell($"engine: {inFlight} in flight");
            double engine = await MeasureEngineAsync(inFlight, count, lab, cancellationToken);
            double bare = await MeasureBareAsync(inFlight, count, lab, cancellationToken);
            table.Add(
                Numbers.Count(inFlight), Numbers.Count(count), Numbers.Count(engine), Numbers.Count(engine * ThreeActivities.Activities), Numbers.Count(bare),
                Numbers.Ratio(engine / bare));
            figures.Add(new($"engine.{inFlight}.perSecond", engine, "/s"));
            figures.Add(new($"engine.{inFlight}.bare", bare, "/s"));
        }
        return new(table, figures);
    }

    private static async Task<double> MeasureEngineAsync(int inFlight, int count, Lab lab, CancellationToken cancellationToken)
    {
        using SqliteDatabase database = SqliteDatabase.Open(new() { File = Path.Combine(lab.NewDataFolder(), "engine.db") });
        await using EmbeddedEngine engine = new(database, ThreeActivities.Registry(), NoServices.Instance, new(), lab.Clock, NullLoggerFactory.Instance);
        await engine.StartAsync(cancellationToken);
        return await InFlight.PerSecondAsync(inFlight, count, RunOneAsync, lab.Clock, cancellationToken);

        async Task RunOneAsync(int number)
        {
            string id = $"bench-{number}";
            await engine.StartAsync(ThreeActivities.Name, id, number, null, cancellationToken);
            InstanceStatus? status = await engine.WaitForEndAsync(id, cancellationToken);
            if (status is not { State: InstanceState.Completed } || status.Output != ThreeActivities.OutputOf(number))
            {
                throw new BenchFailedException($"Instance {id} ended as {status?.State} with {status?.Output ?? status?.Failure?.Message}.");
            }
        }
    }

    private static async Task<double> MeasureBareAsync(int inFlight, int count, Lab lab, CancellationToken cancellationToken)
    {
        using SqliteDatabase database = SqliteDatabase.Open(new() { File = Path.Combine(lab.NewDataFolder(), "bare.db") });
        await database.MigrateAsync("bench", ["CREATE TABLE bench (id INTEGER PRIMARY KEY, data TEXT NOT NULL)"], cancellationToken);
        string data = new('x', 200);
        return await InFlight.PerSecondAsync(inFlight, count, RunOneAsync, lab.Clock, cancellationToken);

        async Task RunOneAsync(int number)
        {
            for (int step = 0; step < ThreeActivities.Activities + 2; step++)
            {
                await database.WriteAsync(context => { context.Execute("INSERT INTO bench (data) VALUES ($data)", ("$data", data)); }, cancellationToken);
            }
        }
    }
}
