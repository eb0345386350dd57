using System.Net;

namespace CodeExec.Server.Hosting;

/// <summary>Where the server may listen: beyond this machine only with keys.</summary>
internal static class Addresses
{
    public static bool IsLoopback(string address)
        => address == "localhost" || (IPAddress.TryParse(address, out IPAddress? parsed) && IPAddress.IsLoopback(parsed));

    public static string WhyNot(string address)
        => $"The server would listen on {address}, where others can reach it, and no key is set: anybody could run code here. "
            + "Set a key (Auth:Keys:0:Name=admin Auth:Keys:0:Key=… Auth:Keys:0:Role=admin) or JWT settings (Auth:Jwt:Issuer …), or leave Http:Address at 127.0.0.1.";
}
