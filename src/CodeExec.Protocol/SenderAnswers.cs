namespace CodeExec.Protocol;

/// <summary>The one byte by which a sender says that it may be told its link.</summary>
public static class SenderAnswers
{
    /// <summary>It can not be looked into, but is of the programs' user: they may end it.</summary>
    public static ReadOnlySpan<byte> Ready => "r"u8;

    /// <summary>It has become another user's: programs can not touch it.</summary>
    public static ReadOnlySpan<byte> Apart => "a"u8;
}
