using System.Text;

namespace CodeExec.Cli.Text;

/// <summary>Columns, aligned to the left, two spaces apart.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(c => TerminalText.Escape((c ?? "").ReplaceLineEndings(" ")))]);

    public override string ToString()
    {
        int[] widths = [.. header.Select((_, column) => _rows.Max(r => r[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in _rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }
        return text.ToString();
    }
}
