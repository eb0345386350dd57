namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>A template that can not be expanded.</summary>
internal sealed class TemplateException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
