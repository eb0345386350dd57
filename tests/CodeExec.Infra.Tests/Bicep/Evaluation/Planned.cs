namespace CodeExec.Infra.Tests.Bicep.Evaluation;

/// <summary>A resource as it would be asked for.</summary>
/// <param name="Template">The file that declares it.</param>
/// <param name="Symbol">Its name within that file.</param>
/// <param name="Parent">The name of the resource that it belongs to.</param>
internal sealed record Planned(string Template, string Symbol, string Type, string? Parent, IReadOnlyDictionary<string, object?> Body)
{
    public string Name => Body.GetValueOrDefault("name") as string ?? "";

    /// <summary>What stands at a path of properties; null if nothing does.</summary>
    public object? At(params string[] path) => path.Aggregate((object?)Body, (at, property) => (at as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(property));

    public IEnumerable<Dictionary<string, object?>> ItemsAt(params string[] path) => (At(path) as List<object?> ?? []).OfType<Dictionary<string, object?>>();
}
