namespace CodeExec.Core.Languages;

/// <summary>Where a program starts.</summary>
/// <param name="FileName">The file that plain code is written to, and that is looked for among files when a submission names no entry.</param>
/// <param name="Classes">For languages whose file is named after the class in it.</param>
public sealed record EntryRule(string FileName, ClassRule? Classes = null);
