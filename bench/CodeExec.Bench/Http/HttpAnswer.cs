using System.Text;

namespace CodeExec.Bench.Http;

internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>For messages.</summary>
    public string Beginning => $"{Status} {Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 600)])}";
}
