namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>Expands what Polygon takes for its scripts: FreeMarker, as far as scripts of tests are written in it, and never for long.</summary>
internal static class ScriptTemplate
{
    /// <returns>The lines that are made, each with the line of the script that it comes from.</returns>
    /// <exception cref="TemplateException">The script is wrong, or makes too much.</exception>
    public static IReadOnlyList<(string Text, int Line)> Expand(string text)
    {
        TemplateScope scope = new(new TemplateBudget());
        TemplateParser.Read(text).Write(scope);
        return scope.Output.Lines;
    }
}
