namespace CodeExec.Core.Executions.Displays;

/// <param name="Ending">Without its dot: the end of an id.</param>
/// <param name="IsText">It stands as text in results, and secrets in it are masked.</param>
public sealed record DisplayType(string Mime, string Ending, bool IsText);
