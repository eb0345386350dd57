namespace CodeExec.Bench.Simulation;

/// <summary>What became of a batch.</summary>
/// <param name="Seconds">Until the last submission was settled.</param>
/// <param name="Cost">In dollars, of the groups alone.</param>
/// <param name="Done">Submissions that ran to their end; the others were given up after three tries.</param>
/// <param name="Lost">Runs whose group vanished; each was tried again or given up.</param>
/// <param name="Created">Groups that were made.</param>
/// <param name="Deleted">Groups that were removed; those that vanished are not among them.</param>
/// <param name="Deployments">Starts of groups, new and anew.</param>
/// <param name="Idle">Starts after which nothing waited any more.</param>
/// <param name="BusySeconds">Of programs, summed over all groups.</param>
/// <param name="BilledSeconds">Of groups, summed.</param>
internal sealed record BatchFigures(
    int Submissions, double Seconds, double Cost, int Done, int GivenUp, int Lost, int FailedStarts, int Created, int Deleted, int Deployments, int Idle, double BusySeconds, double BilledSeconds, int MostGroups)
{
    /// <summary>How much of what was billed ran programs.</summary>
    public double Efficiency => BusySeconds / BilledSeconds;
}
