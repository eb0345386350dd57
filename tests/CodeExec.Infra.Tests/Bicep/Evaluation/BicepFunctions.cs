using System.Net;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep.Evaluation;

/// <summary>The functions of Bicep that infra/ uses, with values of a group that is not there.</summary>
internal static class BicepFunctions
{
    public const string Group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/test";

    private static readonly Dictionary<string, Func<List<object?>, object?>> Known = new()
    {
        ["concat"] = parts => parts.All(part => part is List<object?>) ? parts.SelectMany(part => (List<object?>)part!).ToList() : Unknown.Value,
        ["union"] = parts => parts.All(part => part is Dictionary<string, object?>) ? Union(parts) : Unknown.Value,
        ["empty"] = parts => parts[0] switch { string text => text.Length == 0, List<object?> list => list.Count == 0, null => true, _ => Unknown.Value },
        ["uniqueString"] = parts => Hash(parts)[..13],
        ["guid"] = parts => new Guid(Convert.FromHexString(Hash(parts)[..32])).ToString(),
        ["length"] = parts => parts[0] switch { string text => (long)text.Length, List<object?> list => (long)list.Count, _ => Unknown.Value },
        ["min"] = parts => parts.All(part => part is long) ? parts.Min(part => (long)part!) : Unknown.Value,
        ["range"] = parts => parts is [long first, long count] ? Enumerable.Range((int)first, (int)count).Select(at => (object?)(long)at).ToList() : Unknown.Value,
        ["toLower"] = parts => (parts[0] as string)?.ToLowerInvariant() ?? (object)Unknown.Value,
        ["take"] = parts => parts is [string text, long length] ? text[..(int)Math.Min(length, text.Length)] : Unknown.Value,
        ["resourceGroup"] = _ => new Dictionary<string, object?> { ["id"] = Group, ["name"] = "test", ["location"] = "westeurope" },
        ["subscription"] = _ => new Dictionary<string, object?> { ["id"] = Group.Split("/resourceGroups")[0], ["subscriptionId"] = Guid.Empty.ToString() },
        ["tenant"] = _ => new Dictionary<string, object?> { ["tenantId"] = Guid.Empty.ToString() },
        ["environment"] = _ => new Dictionary<string, object?> { ["suffixes"] = new Dictionary<string, object?> { ["storage"] = "core.windows.net" } },
        ["subscriptionResourceId"] = parts => $"{Group.Split("/resourceGroups")[0]}/providers/{parts[0]}/{string.Join('/', parts.Skip(1))}",
        ["resourceId"] = parts => ResourceId((string)parts[0]!, parts.Skip(1)),
        ["readEnvironmentVariable"] = parts => parts.Count > 1 ? parts[1] : Unknown.Value,
        ["parseCidr"] = parts => parts[0] is string text ? Parsed(IPNetwork.Parse(text)) : Unknown.Value,
        ["cidrSubnet"] = parts => parts is [string text, long length, long index] ? Subnet(IPNetwork.Parse(text), (int)length, (int)index) : Unknown.Value,
    };

    public static bool Knows(string function) => Known.ContainsKey(function) || function is "filter" or "map" or "toObject";

    public static object? Call(string function, List<object?> arguments, int line)
        => Known.TryGetValue(function, out Func<List<object?>, object?>? call) ? call(arguments) : throw new BicepSyntaxException(line, $"This reader does not know {function}().");

    private static Dictionary<string, object?> Union(List<object?> parts)
        => parts.SelectMany(part => (Dictionary<string, object?>)part!).GroupBy(property => property.Key).ToDictionary(same => same.Key, same => same.Last().Value);

    private static string Hash(List<object?> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    private static string ResourceId(string type, IEnumerable<object?> names)
    {
        string[] types = type.Split('/');
        return $"{Group}/providers/{types[0]}/{string.Join('/', types.Skip(1).Zip(names, (segment, name) => $"{segment}/{name}"))}";
    }

    private static Dictionary<string, object?> Parsed(IPNetwork network) => new() { ["network"] = network.BaseAddress.ToString(), ["cidr"] = (long)network.PrefixLength };

    private static string Subnet(IPNetwork network, int length, int index)
    {
        byte[] address = network.BaseAddress.GetAddressBytes();
        uint first = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address) + ((uint)index << (32 - length));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(address, first);
        return $"{new IPAddress(address)}/{length}";
    }
}
