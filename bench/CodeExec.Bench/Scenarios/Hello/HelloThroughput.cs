using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;

namespace CodeExec.Bench.Scenarios.Hello;

internal sealed class HelloThroughput : Scenario
{
    private static readonly int[] Concurrencies = [1, 2, 4, 8, 64];

    public override string Name => "throughput";

    public override string Question => "How many Python hello worlds a second, with so many clients that each wait for their answer?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Uri server = await lab.SharedServerAsync(cancellationToken);
        Table table = new(Question, "clients", "served /s", "bare /s", "served / bare")
        {
            Note = "Bare: as many threads that each start the program, read its output, and start it again. Three turns each; the median counts.",
        };
        List<Figure> figures = [];
        foreach (int clients in Concurrencies)
        {
            lab.Tell($"throughput: {clients} clients");
            (double served, double bare) = Measure(clients, server, lab, cancellationToken);
            table.Add(Numbers.Count(clients), Numbers.Count(served), Numbers.Count(bare), Numbers.Ratio(served / bare));
            figures.Add(new($"throughput.{clients}.served", served, "/s"));
            figures.Add(new($"throughput.{clients}.bare", bare, "/s"));
            figures.Add(new($"throughput.{clients}.ratio", served / bare, "of bare"));
        }
        return new(table, figures);
    }

    private static (double Served, double Bare) Measure(int clients, Uri server, Lab lab, CancellationToken cancellationToken)
    {
        ServedHello[] served = [.. Enumerable.Range(0, clients).Select(_ => new ServedHello(HelloPrograms.Python, server, lab.Key))];
        BareHello[] bare = [.. Enumerable.Range(0, clients).Select(_ => new BareHello(HelloPrograms.Python))];
        try
        {
            List<double> servedRates = [], bareRates = [];
            for (int turn = 0; turn < (lab.Quick ? 1 : 3); turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TimeSpan duration = TimeSpan.FromSeconds(lab.Quick ? 0.3 : 4);
                servedRates.Add(ClosedLoop.PerSecond([.. served.Select(s => (Action)s.Run)], duration, lab.Clock));
                bareRates.Add(ClosedLoop.PerSecond([.. bare.Select(b => (Action)b.Run)], duration, lab.Clock));
            }
            servedRates.Sort();
            bareRates.Sort();
            return (servedRates[servedRates.Count / 2], bareRates[bareRates.Count / 2]);
        }
        finally
        {
            Array.ForEach(served, s => s.Dispose());
            Array.ForEach(bare, b => b.Dispose());
        }
    }
}
