using System.Net;
using System.Net.Sockets;
using System.Text;
using CodeExec.Bench.Http;

namespace CodeExec.Bench.Tests.Http;

public sealed class WireTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void ChunkedText_SplitAnywhere_GivesTheBodyAndItsEnd(int step)
    {
        byte[] wire = Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n \r\n10\r\n0123456789abcdef\r\n0\r\n\r\n");
        ChunkedText text = new();
        StringBuilder read = new();
        for (int at = 0; at < wire.Length; at += step)
        {
            text.Add(wire.AsSpan(at, Math.Min(step, wire.Length - at)));
            read.Append(Encoding.UTF8.GetString(text.Unread));
            text.Skip(text.Unread.Length);
        }

        Assert.Equal("hello 0123456789abcdef", read.ToString());
        Assert.True(text.HasEnded);
    }

    [Fact]
    public void ChunkedText_MuchThatIsNotReadYet_IsKept()
    {
        string body = new('x', 200_000);
        ChunkedText text = new();
        text.Add(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n"));
        text.Add(Encoding.UTF8.GetBytes(body));

        Assert.Equal(body, Encoding.UTF8.GetString(text.Unread));
        Assert.False(text.HasEnded);
    }

    [Fact]
    public void ChunkedText_RefusedStream_IsVoid()
        => Assert.Throws<BenchFailedException>(() => new ChunkedText().Add("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8));

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(300_000, false)]
    [InlineData(300_000, true)]
    public async Task HttpConnection_AnswersOfAnyLength_AreWhole(int length, bool chunked)
    {
        string body = new('b', length);
        using Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Task serving = Task.Run(() => Serve(listener, body, chunked));

        using HttpConnection connection = new(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/"));
        byte[] request = new Requests(connection.Host, "key").Get("/x");
        foreach (int _ in Enumerable.Range(0, 2))
        {
            HttpAnswer answer = connection.Send(request);
            Assert.Equal(201, answer.Status);
            Assert.Equal(body, Encoding.UTF8.GetString(answer.Body.Span));
        }
        await serving;
    }

    [Theory]
    [InlineData("""{"compile":{"stdout":"hello\n"},"run":{"exitCode":0,"stdout":"hello\n"}}""", true)]
    [InlineData("""{"run":{"stderr":"","stdout":"other"}}""", false)]
    [InlineData("""{"compile":{"stdout":"hello\n"},"run":null}""", false)]
    [InlineData("""{"stdout":"hello\n"}""", false)]
    public void RequireOutput_OnlyTheRunsOwnOutput_Counts(string body, bool fits)
    {
        HttpAnswer answer = new(200, Encoding.UTF8.GetBytes(body));
        Exception? thrown = Record.Exception(() => Answers.RequireOutput(answer, "hello\n"u8));

        Assert.Equal(fits, thrown is null);
    }

    [Fact]
    public void RequireOutput_NotEndedYet_IsVoid()
        => Assert.Throws<BenchFailedException>(() => Answers.RequireOutput(new HttpAnswer(202, """{"run":{"stdout":"x"}}"""u8.ToArray()), "x"u8));

    private static void Serve(Socket listener, string body, bool chunked)
    {
        using Socket client = listener.Accept();
        byte[] buffer = new byte[4096];
        string half = body[..(body.Length / 2)], rest = body[(body.Length / 2)..];
        string answer = chunked
            ? $"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n{half.Length:x}\r\n{half}\r\n{rest.Length:x}\r\n{rest}\r\n0\r\n\r\n"
            : $"HTTP/1.1 201 Created\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        foreach (int _ in Enumerable.Range(0, 2))
        {
            int read = client.Receive(buffer);
            Assert.Contains("Authorization: Bearer key\r\n", Encoding.UTF8.GetString(buffer, 0, read), StringComparison.Ordinal);
            client.Send(Encoding.UTF8.GetBytes(answer));
        }
    }
}
