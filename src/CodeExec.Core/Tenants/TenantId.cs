namespace CodeExec.Core.Tenants;

/// <summary>Whom a record belongs to. Nobody reads another tenant's records; they answer as if they did not exist.</summary>
public readonly record struct TenantId(string Value)
{
    /// <summary>The only tenant of a host that runs without keys.</summary>
    public static readonly TenantId Default = new("default");

    public override string ToString() => Value;
}
