namespace CodeExec.Infra.Tests.Bicep.Syntax;

/// <summary>Walks over tokens, and tells what it would have liked to see instead.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _at;

    public Token Now => tokens[_at];

    public Token After(int tokensAhead) => tokens[Math.Min(_at + tokensAhead, tokens.Count - 1)];

    public Token Take() => Now.Kind == TokenKind.End ? throw Unexpected("something") : tokens[_at++];

    public bool IsSign(string sign) => Now.Kind == TokenKind.Sign && Now.Value == sign;

    public bool TrySign(string sign) => IsSign(sign) && Take() is not null;

    public bool TryWord(string word) => Now.Kind == TokenKind.Word && Now.Value == word && Take() is not null;

    public void Sign(string sign)
    {
        if (!TrySign(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    public string Word() => Now.Kind == TokenKind.Word ? Take().Value : throw Unexpected("a word");

    public string PlainText()
        => Now is { Kind: TokenKind.Text, Parts: [{ } only] } ? Take() is not null ? only.Value : "" : throw Unexpected("a text without interpolation");

    public BicepSyntaxException Unexpected(string wanted)
        => new(Now.Line, $"{(Now.Kind == TokenKind.End ? "The end" : Now.Kind == TokenKind.Text ? "A text" : $"'{Now.Value}'")} stands where {wanted} should.");
}
