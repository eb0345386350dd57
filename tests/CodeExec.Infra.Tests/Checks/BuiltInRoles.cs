namespace CodeExec.Infra.Tests.Checks;

/// <summary>The roles that may be given, with their ids from "Azure built-in roles" (learn.microsoft.com, looked up in November 2026). None of them can give roles.</summary>
internal static class BuiltInRoles
{
    public static readonly IReadOnlyDictionary<string, string> Ids = new Dictionary<string, string>
    {
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["7e4f1700-ea5a-4f59-8f37-079cfe29dce3"] = "SignalR Service Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
    };

    /// <summary><c>storageBlobDataOwner</c> for Storage Blob Data Owner.</summary>
    public static string AsVariable(string role) => char.ToLowerInvariant(role[0]) + role.Replace(" ", "", StringComparison.Ordinal)[1..];
}
