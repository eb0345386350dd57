using System.Text;

namespace CodeExec.Bench.Report;

/// <summary>A table in markdown, its columns aligned so that it can be read as it is.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    /// <summary>What has to be known to read it.</summary>
    public string? Note { get; init; }

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. columns.Select((_, column) => Math.Max(3, _rows.Max(r => r[column].Length)))];
        StringBuilder text = new();
        text.Append("### ").Append(title).Append("\n\n");
        if (Note is not null)
        {
            text.Append(Note).Append("\n\n");
        }
        for (int i = 0; i < _rows.Count; i++)
        {
            AppendRow(text, _rows[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));
            if (i == 0)
            {
                AppendRow(text, widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ':'));
            }
        }
        return text.Append('\n').ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
