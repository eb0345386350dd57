using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CodeExec.House.Tests.BannedSymbols;

/// <summary>Reads which members of other assemblies an assembly uses, and where.</summary>
internal static class MemberScanner
{
    /// <returns>One line a use: who, what, and what to do instead.</returns>
    public static IReadOnlyList<string> FindUses(string assembly, IReadOnlyList<BannedSymbol> banned)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        Dictionary<string, BannedSymbol> byId = banned.ToDictionary(symbol => symbol.Id);
        return reader.MemberReferences
            .Select(handle => (Handle: handle, Symbol: byId.GetValueOrDefault(DocumentationIds.Of(reader, reader.GetMemberReference(handle)))))
            .Where(found => found.Symbol is not null)
            .Select(found => $"{Path.GetFileNameWithoutExtension(assembly)}: {UsersOf(file, reader, found.Handle)} uses {found.Symbol!.Id}. {found.Symbol.Message}")
            .ToArray();
    }

    /// <summary>The ids of all public methods and properties that an assembly has.</summary>
    public static IEnumerable<string> MembersOf(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
        {
            yield return DocumentationIds.Of(reader, reader.GetMethodDefinition(handle));
        }
    }

    private static string UsersOf(PEReader file, MetadataReader reader, MemberReferenceHandle member)
    {
        byte[] token = BitConverter.GetBytes(MetadataTokens.GetToken(member));
        string[] users = reader.MethodDefinitions
            .Select(reader.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0 && file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes().AsSpan().IndexOf(token) >= 0)
            .Select(method => $"{DocumentationIds.Writer.GetTypeFromDefinition(reader, method.GetDeclaringType(), 0)}.{reader.GetString(method.Name)}")
            .ToArray();
        return users.Length == 0 ? "something" : string.Join(", ", users);
    }
}
