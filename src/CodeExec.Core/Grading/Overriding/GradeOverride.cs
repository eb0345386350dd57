namespace CodeExec.Core.Grading.Overriding;

/// <summary>Points that a person gave in place of the computed ones, or took back. None is ever forgotten: together they say who changed what, and why.</summary>
/// <param name="Points">Null: the computed ones count again.</param>
/// <param name="By">The name of the key.</param>
public sealed record GradeOverride(decimal? Points, string Reason, string By, DateTimeOffset At)
{
    public const int LongestReason = 1000, MostKept = 100;

    public const decimal MostPoints = 1_000_000;
}
