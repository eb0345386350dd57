namespace CodeExec.Core.SourceCode;

/// <summary>How a family of languages is written, as far as our readers of sources must know.</summary>
public enum SourceStyle
{
    /// <summary>C, C++, Java, Go, JavaScript, TypeScript, C#, Rust…: braces, and // or /* comments.</summary>
    Braces,

    /// <summary>Python: indentation, and # comments.</summary>
    Indented,

    /// <summary>Bash: # comments.</summary>
    Shell,
}

public static class SourceStyles
{
    public static SourceStyle Of(string language) => language switch
    {
        "python" => SourceStyle.Indented,
        "bash" or "sh" or "ruby" or "perl" => SourceStyle.Shell,
        _ => SourceStyle.Braces,
    };
}
