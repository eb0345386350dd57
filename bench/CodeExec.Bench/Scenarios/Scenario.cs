namespace CodeExec.Bench.Scenarios;

/// <summary>One question that the benchmark answers, and how it finds out.</summary>
internal abstract class Scenario
{
    /// <summary>What <c>--only</c> takes.</summary>
    public abstract string Name { get; }

    public abstract string Question { get; }

    /// <summary>It starts and kills servers of its own, so a running one (<c>--server</c>) can not be asked.</summary>
    public virtual bool NeedsItsOwnServer => false;

    /// <summary>It takes so long that it runs only when <c>--only</c> names it.</summary>
    public virtual bool OnlyWhenAsked => false;

    /// <exception cref="BenchFailedException">A measurement is void.</exception>
    public abstract Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken);
}
