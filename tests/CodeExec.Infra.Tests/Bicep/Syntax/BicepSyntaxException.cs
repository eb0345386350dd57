namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>It is not Bicep, or more of it than this reader knows.</summary>
internal sealed class BicepSyntaxException(int line, string message) : Exception($"line {line}: {message}");
