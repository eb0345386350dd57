namespace CodeExec.Client;

/// <summary>Where a student stands.</summary>
/// <param name="Left">Null: as many as one likes.</param>
/// <param name="Given">More attempts, given by a person.</param>
/// <param name="NextAt">When the next may be made; null: never, unless more are given.</param>
public sealed record AttemptStanding(string Student, int Used, int? Left, int Given, DateTimeOffset? NextAt);

/// <param name="Rules">Null: attempts are not counted.</param>
/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record AttemptPage(AttemptRules? Rules, IReadOnlyList<AttemptStanding> Items, string? Cursor);
