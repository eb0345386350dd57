namespace CodeExec.Functions.Activities;

/// <summary>Which instance of the app has a long run in hand, between its activities too.</summary>
/// <param name="At">When it was last there.</param>
internal sealed record RunHolder(string Instance, DateTimeOffset At, long FollowedTo);
