using CodeExec.Core.Grading.Running;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>The beginning of what two programs said, as samples of interactive problems have it: "&lt; " before a line of the interactor's, "&gt; " before one of the program's.</summary>
internal sealed class Transcript(int most)
{
    private readonly Lock _gate = new();
    private readonly OutputPreview _text = new(most);
    private Speaker? _inLineOf;

    public void Add(Speaker speaker, ReadOnlySpan<byte> said)
    {
        lock (_gate)
        {
            if (_text.IsCut)
            {
                return;
            }

            while (!said.IsEmpty)
            {
                Begin(speaker);
                int end = said.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? said : said[..(end + 1)];
                _text.Add(line);
                _inLineOf = end < 0 ? speaker : null;
                said = said[line.Length..];
            }
        }
    }

    /// <param name="show">Makes it fit to be seen.</param>
    public string Text(Func<OutputPreview, string> show)
    {
        lock (_gate)
        {
            return show(_text);
        }
    }

    // Who breaks into a line of the other's begins one of its own.
    private void Begin(Speaker speaker)
    {
        if (_inLineOf != speaker)
        {
            _text.Add(_inLineOf is null ? [] : "\n"u8);
            _text.Add(speaker == Speaker.Interactor ? "< "u8 : "> "u8);
        }
    }
}
