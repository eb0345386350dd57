namespace CodeExec.Core.SourceCode;

/// <param name="Name">Without the name of its class.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="BodyStart">Offset behind its head.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="FirstLine">Counted from 1.</param>
/// <param name="Complexity">Ways through it: 1, and 1 for each branch.</param>
/// <param name="Nesting">How deep blocks lie in blocks.</param>
public sealed record SourceFunction(string Name, int Start, int BodyStart, int End, int FirstLine, int Lines, int Parameters, int Complexity, int Nesting);
