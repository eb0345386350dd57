using System.Text;

namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>What a template writes, by lines, each with the line of the template that it ends at.</summary>
internal sealed class TemplateOutput
{
    private readonly List<(string Text, int Line)> _lines = [];
    private readonly StringBuilder _open = new();
    private int _line = 1;

    public IReadOnlyList<(string Text, int Line)> Lines => [.. _lines, (_open.ToString(), _line)];

    public string Text => string.Join('\n', Lines.Select(one => one.Text));

    public void Write(string text, int line)
    {
        foreach (char c in text)
        {
            _line = line;
            if (c == '\n')
            {
                _lines.Add((_open.ToString(), line));
                _open.Clear();
                line++;
            }
            else
            {
                _open.Append(c);
            }
        }
    }
}
