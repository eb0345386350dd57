using System.Reflection;

namespace CodeExec.StandIns.Tests;

/// <summary>What others can see of an assembly, one line a member.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly)
        => [.. assembly.GetExportedTypes().SelectMany(LinesOf).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> LinesOf(Type type)
    {
        string name = Name(type);
        yield return $"{Kind(type)} {name}";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            if (LineOf(member) is { } line)
            {
                yield return $"{name} {line}";
            }
        }
    }

    private static string? LineOf(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsSeen(made) => $"({Parameters(made)})",
        MethodInfo method when IsSeen(method) && !method.IsSpecialName && !IsOfTheCompiler(method) => $"{Modifier(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        MethodInfo conversion when IsSeen(conversion) && conversion.Name.StartsWith("op_Implicit", StringComparison.Ordinal) => $"implicit {Name(conversion.ReturnType)}({Parameters(conversion)})",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsSeen(accessor) && property.Name != "EqualityContract"
            => $"{Modifier(accessor)}{Name(property.PropertyType)} {property.Name}{(property.SetMethod is { IsPublic: true } ? " get set" : " get")}",
        FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{(field.IsLiteral ? $"const {field.Name} = {field.GetRawConstantValue()}" : $"{Name(field.FieldType)} {field.Name}")}",
        _ => null,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>What records and overrides bring along says nothing about a package.</summary>
    private static bool IsOfTheCompiler(MethodInfo method)
        => method.Name is "ToString" or "Equals" or "GetHashCode" or "PrintMembers" or "Deconstruct" || method.Name.StartsWith('<')
            || method.GetBaseDefinition().DeclaringType is { } declared && declared != method.DeclaringType && declared.Assembly != method.DeclaringType!.Assembly;

    private static string Modifier(MethodInfo method)
        => method.DeclaringType!.IsInterface ? "" : method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method)
        => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Kind(Type type)
        => typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }
        string full = $"{type.Namespace}.{(type.DeclaringType is { } outer ? outer.Name + "." : "")}{type.Name}";
        return type.IsGenericType ? $"{full.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : full;
    }
}
