using System.Reflection;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Activities;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>None is forgotten: neither by the Functions host, nor by the tests that compare the engines.</summary>
public sealed class EveryOrchestrationTests
{
    private static readonly Type[] All = [.. typeof(IOrchestration<,>).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && Array.Exists(type.GetInterfaces(), IsOrchestration))];

    [Fact]
    public void Registry_OfTheFunctionsHost_HasThemAll() => Assert.Equal(All.Length, SpreadActivities.Registry().Orchestrations.Count);

    [Fact]
    public void Comparisons_OneClassEach_HaveTests()
    {
        Dictionary<Type, Type> compared = typeof(EveryOrchestrationTests).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(HistoryComparison<,,>))
            .ToDictionary(type => type.BaseType!.GetGenericArguments()[0]);

        Assert.Equal(All.Select(type => type.Name).Order(StringComparer.Ordinal), compared.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(compared.Values, type => Assert.Contains(type.GetMethods(), method => method.GetCustomAttribute<FactAttribute>() is not null));
    }

    private static bool IsOrchestration(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOrchestration<,>);
}
