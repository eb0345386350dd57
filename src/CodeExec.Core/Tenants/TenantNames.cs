namespace CodeExec.Core.Tenants;

/// <summary>What a tenant may be called: the name stands in keys of stores and in logs.</summary>
public static class TenantNames
{
    public const string Rule = "a tenant's name has 1 to 64 letters, digits, '-', '_' or '.', and begins with a letter or digit.";

    public static bool IsValid(string? name)
        => name is { Length: >= 1 and <= 64 } && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
