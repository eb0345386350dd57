using System.CommandLine;
using CodeExec.Cli.Hosting;

namespace CodeExec.Cli;

/// <summary>Which server, and as whom: options of every command.</summary>
internal sealed class ServerOptions(CliHost host)
{
    private const string AddressVariable = "CODEEXEC_SERVER";
    private const string KeyVariable = "CODEEXEC_KEY";
    private const string DefaultAddress = "http://127.0.0.1:7071";

    public Option<string?> Address { get; } = new("--server")
    {
        Description = $"Address of the server. Unless given: ${AddressVariable}, else {DefaultAddress}.",
        HelpName = "URL",
        Recursive = true,
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"API key. Unless given: ${KeyVariable}. Prefer the variable: other users of a machine can see arguments.",
        HelpName = "KEY",
        Recursive = true,
    };

    /// <exception cref="UsageException">The address is not one.</exception>
    public Uri AddressOf(ParseResult parsed)
    {
        string text = parsed.GetValue(Address) ?? FromEnvironment(AddressVariable) ?? DefaultAddress;
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"'{text}' is not a server's address; write it like {DefaultAddress}.");
    }

    public string? KeyOf(ParseResult parsed) => parsed.GetValue(Key) ?? FromEnvironment(KeyVariable);

    private string? FromEnvironment(string name) => host.Environment(name) is { Length: > 0 } value ? value : null;
}
