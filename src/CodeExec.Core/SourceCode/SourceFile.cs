namespace CodeExec.Core.SourceCode;

/// <summary>One file of a program, with its comments and texts told apart from its code. Reads any text, also such as no compiler would take.</summary>
public sealed class SourceFile
{
    private readonly int[] _lineStarts;

    private SourceFile(string path, string language, string text, string code, string commentless)
    {
        Path = path;
        Language = language;
        Text = text;
        Code = code;
        Commentless = commentless;
        _lineStarts = [0, .. Enumerable.Range(0, text.Length).Where(i => text[i] == '\n').Select(i => i + 1)];
        Functions = FunctionFinder.Find(this);
    }

    public string Path { get; }

    public string Language { get; }

    public SourceStyle Style => SourceStyles.Of(Language);

    public string Text { get; }

    /// <summary>As long as <see cref="Text"/>, with spaces for comments and for what stands between quotes.</summary>
    public string Code { get; }

    /// <summary>As long as <see cref="Text"/>, with spaces for comments only.</summary>
    public string Commentless { get; }

    public IReadOnlyList<SourceFunction> Functions { get; }

    public int Lines => Text.Length == 0 ? 0 : Text.EndsWith('\n') ? _lineStarts.Length - 1 : _lineStarts.Length;

    public static SourceFile Read(string path, string language, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string code, string commentless) = SourceMask.Make(text, SourceStyles.Of(language), language);
        return new(path, language, text, code, commentless);
    }

    /// <summary>Counted from 1.</summary>
    public int LineOf(int offset)
    {
        int found = Array.BinarySearch(_lineStarts, offset);
        return (found >= 0 ? found : ~found - 1) + 1;
    }

    public string LineText(int line)
    {
        int start = _lineStarts[line - 1];
        int end = Text.IndexOf('\n', start);
        return Text[start..(end < 0 ? Text.Length : end)].TrimEnd('\r');
    }
}
