using System.Net.Sockets;
using System.Text;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Requests;

/// <summary>Sends bytes as they are: what an HTTP client would refuse to send.</summary>
internal static class RawHttp
{
    /// <returns>All that the server said until it closed the connection; empty when it said nothing.</returns>
    public static async Task<string> SendAsync(ApiHost host, string request, Func<Stream, Task>? more = null)
    {
        using TcpClient client = new();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        NetworkStream stream = client.GetStream();
        using MemoryStream said = new();
        Task reading = stream.CopyToAsync(said);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")));
            if (more is not null)
            {
                await more(stream);
            }

            await reading;
        }
        catch (IOException)
        {
            // The server has closed the connection: what it said before counts.
        }

        return Encoding.UTF8.GetString(said.ToArray());
    }

    public static int StatusOf(string response) => response.Length == 0 ? 0 : int.Parse(response.Split(' ', 3)[1], System.Globalization.CultureInfo.InvariantCulture);
}
