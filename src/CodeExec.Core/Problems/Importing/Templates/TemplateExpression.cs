namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>An expression that was read, ready to be evaluated as often as wanted.</summary>
internal delegate object? TemplateExpression(TemplateScope scope);
