namespace CodeExec.Bench.Simulation;

/// <summary>How long something takes, in seconds: half of the times less than the median, one in twenty more than the 95th percentile.</summary>
internal sealed record Spread(double Median, double P95)
{
    public Spread Times(double factor) => new(Median * factor, P95 * factor);
}
