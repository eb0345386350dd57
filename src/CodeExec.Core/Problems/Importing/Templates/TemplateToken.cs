namespace CodeExec.Core.Problems.Importing.Templates;

internal enum TokenKind
{
    Number,
    Text,
    Name,
    Sign,
    End,
}

/// <param name="Text">Of a text what it says; else as it is written.</param>
internal readonly record struct TemplateToken(TokenKind Kind, string Text, int Line)
{
    public bool Is(string sign) => Kind is TokenKind.Sign or TokenKind.Name && Text == sign;
}
