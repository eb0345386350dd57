namespace CodeExec.Bench.Simulation;

/// <summary>What a setting comes to, on the average of several days.</summary>
internal sealed record BatchOutcome(BatchSetting Setting, double Seconds, double Least, double Most, double Cost, double Created, double Efficiency, double GivenUp);
