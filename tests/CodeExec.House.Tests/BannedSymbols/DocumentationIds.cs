using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace CodeExec.House.Tests.BannedSymbols;

/// <summary>Writes what metadata refers to as documentation comments do.</summary>
internal sealed class DocumentationIds : ISignatureTypeProvider<string, object?>
{
    public static DocumentationIds Writer { get; } = new();

    public static string Of(MetadataReader reader, MemberReference member)
        => Member(TypeName(reader, member.Parent), reader.GetString(member.Name), member.GetKind() == MemberReferenceKind.Field ? null : member.DecodeMethodSignature(Writer, null));

    public static string Of(MetadataReader reader, MethodDefinition method)
        => Member(Writer.GetTypeFromDefinition(reader, method.GetDeclaringType(), 0), reader.GetString(method.Name), method.DecodeSignature(Writer, null));

    /// <summary>A property is called by its accessors: "M:X.get_Y" is "P:X.Y".</summary>
    private static string Member(string type, string name, MethodSignature<string>? signature)
    {
        if (signature is not { } method)
        {
            return $"F:{type}.{name}";
        }

        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
        {
            return $"P:{type}.{name[4..]}";
        }

        string parameters = method.ParameterTypes.Length == 0 ? "" : $"({string.Join(',', method.ParameterTypes)})";
        string arity = method.GenericParameterCount == 0 ? "" : $"``{method.GenericParameterCount}";
        return $"M:{type}.{name.Replace('.', '#')}{arity}{parameters}";
    }

    private static string TypeName(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => Writer.GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
        HandleKind.TypeDefinition => Writer.GetTypeFromDefinition(reader, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeSpecification => WithoutArguments(reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(Writer, null)),
        _ => "?",
    };

    private static string WithoutArguments(string type) => type.IndexOf('{') is var start and >= 0 ? type[..start] : type;

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{name}"
            : Qualified(reader, type.Namespace, name);
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{GetTypeFromDefinition(reader, outer, 0)}.{name}" : Qualified(reader, type.Namespace, name);
    }

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}{{{string.Join(',', typeArguments)}}}";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function*";

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string Qualified(MetadataReader reader, StringHandle folder, string name)
        => reader.GetString(folder) is { Length: > 0 } space ? $"{space}.{name}" : name;
}
