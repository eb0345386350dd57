namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <param name="Key">Null if it is computed: then <paramref name="Computed"/> is how.</param>
internal sealed record Property(string? Key, Expression? Computed, Expression Value);
