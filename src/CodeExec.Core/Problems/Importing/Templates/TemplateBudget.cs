namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>What a template may use up: archives come from anybody, and three nested lists of a thousand are a thousand millions.</summary>
internal sealed class TemplateBudget
{
    public const int Steps = 200_000, Characters = 4 << 20, Items = 100_000, Depth = 64;

    private int _steps = Steps;
    private int _characters = Characters;

    /// <exception cref="TemplateException"></exception>
    public void Step(int line)
    {
        if (--_steps < 0)
        {
            throw new TemplateException(line, $"The script takes more than {Steps} steps.");
        }
    }

    /// <summary>Of texts that are made, whether they are written or not.</summary>
    /// <exception cref="TemplateException"></exception>
    public string Take(string text, int line)
    {
        if ((_characters -= text.Length) < 0)
        {
            throw new TemplateException(line, $"The script makes more than {Characters} characters.");
        }

        return text;
    }

    /// <exception cref="TemplateException"></exception>
    public static int RefuseLong(decimal count, int line)
        => count > Items ? throw new TemplateException(line, $"A sequence may have {Items} items at most.") : (int)count;
}
