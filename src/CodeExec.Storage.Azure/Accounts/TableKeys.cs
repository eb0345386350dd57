using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Storage.Azure.Accounts;

/// <summary>
/// Keys of rows. Tables refuse / \ # ? and control characters, and sort by text: names that others chose are encoded or hashed, times are
/// written with leading zeros, and counted down where the newest is to come first.
/// </summary>
internal static class TableKeys
{
    /// <summary>Sorts after every key that begins with what stands before it.</summary>
    public const string End = "~";

    public static string OfName(string name) => BlobKey.Segment(name);

    public static string Partition(TenantId tenant) => "t-" + BlobKey.Segment(tenant.Value);

    public static string Record(long createdTicks, ExecutionId id) => $"r-{NewestFirst(createdTicks, id)}";

    public static string RecordsFrom(long createdTicks) => $"r-{CountedDown(createdTicks)}";

    public static string Spec(ExecutionId id) => $"s-{id}";

    public static string Idempotency(string key) => "k-" + Hash(key);

    public static string Labels(string name, string value) => $"l-{Hash($"{name.Length} {name}{value}")}-";

    public static string Label(string name, string value, long createdTicks, ExecutionId id) => Labels(name, value) + NewestFirst(createdTicks, id);

    public static string LabelsFrom(string name, string value, long createdTicks) => Labels(name, value) + CountedDown(createdTicks);

    public static string Ended(long endedTicks, ExecutionId id) => $"{EndedFrom(endedTicks)}-{id}";

    public static string EndedFrom(long endedTicks) => $"e-{endedTicks.ToString("D19", CultureInfo.InvariantCulture)}";

    public static string Count(int shard) => $"c-{shard.ToString("D2", CultureInfo.InvariantCulture)}";

    public static string Unfinished(long createdTicks, ExecutionId id) => $"{createdTicks.ToString("D19", CultureInfo.InvariantCulture)}-{id}";

    /// <summary>Newest first, and of one moment the highest id first.</summary>
    public static string NewestFirst(long ticks, ExecutionId id) => $"{CountedDown(ticks)}-{Complement(id.ToString())}";

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string CountedDown(long ticks) => (DateTime.MaxValue.Ticks - ticks).ToString("D19", CultureInfo.InvariantCulture);

    private static string Complement(string hex)
        => string.Create(hex.Length, hex, static (span, digits) =>
        {
            for (int i = 0; i < digits.Length; i++)
            {
                span[i] = "fedcba9876543210"[Convert.ToInt32(digits[i].ToString(), 16)];
            }
        });
}
