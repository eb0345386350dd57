namespace CodeExec.Runner.Attending;

/// <summary>The first process of a cell is gone, and the cell with it: not the program's doing, which could not have signalled it.</summary>
internal sealed class FirstProcessEndedException() : Exception("The first process of the cell has ended.");
