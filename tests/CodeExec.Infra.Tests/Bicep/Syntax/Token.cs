namespace CodeExec.Infra.Tests.Bicep.Syntax;

internal enum TokenKind
{
    Word,
    Number,
    Text,
    Sign,
    End,
}

/// <param name="Value">A word, a number's digits, a sign; empty for a text.</param>
/// <param name="Parts">Of a text: literal and interpolated parts in turn.</param>
/// <param name="OnNewLine">It is the first of its line.</param>
internal sealed record Token(TokenKind Kind, string Value, int Line, bool OnNewLine, IReadOnlyList<TextPart>? Parts = null);

/// <param name="IsCode">It stood in <c>${ }</c>.</param>
internal sealed record TextPart(string Value, bool IsCode, int Line);
