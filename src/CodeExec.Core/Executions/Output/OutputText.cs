using System.Text;
using System.Text.Unicode;

namespace CodeExec.Core.Executions.Output;

/// <summary>Bytes of a program as text for people and JSON.</summary>
public static class OutputText
{
    /// <summary>What is not UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static bool IsExact(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);
}
