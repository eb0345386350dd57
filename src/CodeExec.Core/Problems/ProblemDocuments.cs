using System.Globalization;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>Where the facts of problems lie: each version, the newest once more, and the newest that may be used where that is another one.</summary>
internal static class ProblemDocuments
{
    public const string NewestPrefix = "p:";

    private const string Collection = "problems", VersionsPrefix = "v:", ReadyPrefix = "r:";

    public static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);

    public static string Newest(string id) => NewestPrefix + id;

    public static string Ready(string id) => ReadyPrefix + id;

    public static string Versions(string id) => $"{VersionsPrefix}{id}:";

    public static string Version(string id, int version) => string.Create(CultureInfo.InvariantCulture, $"{Versions(id)}{version:D8}");
}
