using System.ComponentModel.DataAnnotations;
using CodeExec.Core.Access;

namespace CodeExec.Api.Access;

/// <summary>Who may use this server.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>
    /// No keys at all: everybody who can connect is the default tenant's admin. Only for a server on a loopback address; then
    /// requests must name a loopback host, so that no web page can reach it by a name of its own. Off unless set by the host.
    /// </summary>
    public bool Open { get; set; }

    /// <summary>Keys that stand in the settings, beside those made with <c>POST /api/keys</c>: at least the first admin's.</summary>
    public IList<ConfiguredKey> Keys { get; } = [];

    /// <summary>Tokens of an identity provider. None unless an issuer is set.</summary>
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>How many wrong credentials one address may send in a minute before it is answered with 429: 1 to 10,000, 20 unless set. Valid ones are never held back.</summary>
    [Range(1, 10_000)]
    public int FailuresPerMinute { get; set; } = 20;
}

/// <summary>A key of the settings. Give the key, or its SHA-256 so that the settings hold no secret.</summary>
public sealed class ConfiguredKey
{
    /// <summary>For people; shown nowhere but to admins.</summary>
    public string Name { get; set; } = "";

    /// <summary>16 characters or more.</summary>
    public string? Key { get; set; }

    /// <summary>SHA-256 of the key, 64 hexadecimal digits.</summary>
    public string? Hash { get; set; }

    public string Tenant { get; set; } = "default";

    public Role Role { get; set; } = Role.Submitter;
}
