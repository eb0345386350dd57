namespace CodeExec.Storage.Local.Secrets;

/// <summary>How secrets are encrypted at rest.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// 32 random bytes in base64 (<c>openssl rand -base64 32</c>). Unless set, a key is made once and kept in <c>secrets.key</c> in the data folder.
    /// </summary>
    public string? Key { get; set; }
}
