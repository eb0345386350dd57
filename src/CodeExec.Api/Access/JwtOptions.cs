namespace CodeExec.Api.Access;

/// <summary>Which JSON web tokens are taken. Algorithms: HS256, RS256, ES256, and for each key only its own.</summary>
public sealed class JwtOptions
{
    /// <summary>What "iss" must be. Tokens are taken only when this is set.</summary>
    public string? Issuer { get; set; }

    /// <summary>What "aud" must be or hold.</summary>
    public string? Audience { get; set; }

    public IList<JwtKeyOptions> Keys { get; } = [];

    /// <summary>A JSON web key set on disk, read at start.</summary>
    public string? JwksFile { get; set; }

    /// <summary>A JSON web key set at an https address (http only on loopback), kept for ten minutes and read again when a token names an unknown key.</summary>
    public Uri? JwksUrl { get; set; }

    /// <summary>The claim that names the tenant. A token without it is refused.</summary>
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>The claim that names the role: student (whose name is the claim "sub"), reader, submitter or admin. A token without it is refused.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>How far clocks may differ: 0 to 5 minutes, 30 seconds unless set.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);
}

public sealed class JwtKeyOptions
{
    /// <summary>The "kid" that tokens name; may be left out.</summary>
    public string? Kid { get; set; }

    /// <summary>HS256, RS256 or ES256.</summary>
    public string Algorithm { get; set; } = "";

    /// <summary>For HS256: the secret, 32 bytes or more, as text.</summary>
    public string? Secret { get; set; }

    /// <summary>For RS256 and ES256: the public key as PEM.</summary>
    public string? PublicKey { get; set; }
}
