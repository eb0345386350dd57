using System.Diagnostics;
using System.Globalization;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Engine.Embedded.Tests.Crash;

/// <summary>kill -9 in the middle of the work, again and again; then what was accepted is held against what the store says.</summary>
public sealed class CrashTests : IDisposable
{
    private const int InstancesPerLife = 80;

    /// <summary>Accepted, raised, and six effects: what the host says at least of each, so that it always lives long enough to be killed.</summary>
    private const int LinesPerInstance = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _journal = [];

    /// <summary>How often the host is killed: 5 times, or as CODEEXEC_ENGINE_KILLS says.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("CODEEXEC_ENGINE_KILLS") ?? "5", CultureInfo.InvariantCulture);

    private string DatabaseFile => _folder.File("engine.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_AtRandomMoments_EverythingAcceptedEndsOnceAndNoKeyOfAnEffectIsUsedTwice()
    {
        Random random = new(Kills);
        for (int life = 0; life < Kills; life++)
        {
            LiveAndDie(life * InstancesPerLife, linesBeforeDeath: random.Next(1, LinesPerInstance * InstancesPerLife));
        }
        using SqliteDatabase database = SqliteDatabase.Open(new() { File = DatabaseFile });
        Assert.Empty(database.CheckIntegrity());
        await using EmbeddedEngine engine = new(database, Registry(), NoServices.Instance, new(), TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);

        string[] accepted = [.. Journal("accepted")];
        Assert.NotEmpty(accepted);
        foreach (string id in accepted)
        {
            await CheckAsync(engine, database, id);
        }
        string[] effects = [.. Journal("effect")];
        Assert.Equal(effects.Length, effects.Distinct().Count());
    }

    private async Task CheckAsync(EmbeddedEngine engine, SqliteDatabase database, string id)
    {
        if (!_journal.Contains($"raised {id}"))
        {
            await engine.RaiseEventAsync(id, "go", 0, CancellationToken.None);
        }
        InstanceStatus? ended = await engine.WaitForEndAsync(id, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        int n = int.Parse(id[1..], CultureInfo.InvariantCulture);

        Assert.Equal((InstanceState.Completed, $"{CrashingHost.Expected(n)}"), (ended!.State, ended.Output));
        RecordedHistory.Read(database, id)!.Replay(Registry(), NoServices.Instance);
    }

    private OrchestrationRegistry Registry() => CrashingHost.Registry(context =>
    {
        lock (_journal)
        {
            _journal.Add($"effect {context.InstanceId} {context.TaskId} {context.Attempt}");
        }
    });

    /// <summary>Starts the host and kills it once it has said so many lines; what it said until then belongs to the journal.</summary>
    private void LiveAndDie(int first, int linesBeforeDeath)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (string argument in (string[])["exec", typeof(CrashTests).Assembly.Location, DatabaseFile, $"{first}", $"{InstancesPerLife}"])
        {
            start.ArgumentList.Add(argument);
        }
        using Process host = Process.Start(start)!;
        while (host.StandardOutput.ReadLine() is { } line)
        {
            _journal.Add(line);
            if (--linesBeforeDeath == 0)
            {
                host.Kill();
            }
        }
        host.WaitForExit();
    }

    private List<string> Journal(string what)
    {
        lock (_journal)
        {
            return [.. _journal.Where(line => line.StartsWith(what + " ", StringComparison.Ordinal)).Select(line => line[(what.Length + 1)..])];
        }
    }
}
