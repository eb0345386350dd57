using System.Text.Json;

namespace CodeExec.Client;

/// <summary>What to grade by again; without any of it, the newest version of the batch's problem.</summary>
public sealed record Regrade
{
    public ProblemReference? Problem { get; init; }

    public IReadOnlyList<TestCase>? Tests { get; init; }

    public JsonElement? Checker { get; init; }

    public string? Name { get; init; }
}

/// <summary>What a regrade changes for whom.</summary>
public sealed record RegradeChanges
{
    public string Before { get => field ?? ""; init; }

    public string After { get => field ?? ""; init; }

    public int Unchanged { get; init; }

    public int Better { get; init; }

    public int Worse { get; init; }

    public IReadOnlyList<ItemChange> Changes { get => field ?? []; init; }
}

public sealed record ItemChange(int Index, string Key, string? VerdictBefore, string? VerdictAfter, decimal ScoreBefore, decimal ScoreAfter, decimal MaxScoreBefore, decimal MaxScoreAfter);
