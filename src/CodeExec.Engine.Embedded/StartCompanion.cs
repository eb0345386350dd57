using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded;

/// <summary>What is written in the same commit as the start of an instance: both or neither.</summary>
/// <param name="Write">Says whether to start at all; what it wrote stays only if the instance starts. May be run more than once.</param>
/// <param name="Undo">Takes back what may have been written by a start whose caller was told that it failed.</param>
public sealed record StartCompanion(Func<SqliteWriteContext, bool> Write, Action<SqliteWriteContext> Undo);
