namespace CodeExec.Core.Grading.Scoring;

public sealed record GroupResult(string Id, string? Name, Verdict Verdict, decimal Score, decimal MaxScore, int Passed, int Total);
