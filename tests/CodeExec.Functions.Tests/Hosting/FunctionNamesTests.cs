using System.Reflection;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Specifications.Running;
using CodeExec.Functions.Activities;
using CodeExec.Functions.Orchestrations;
using CodeExec.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>What the Functions host finds in the assembly.</summary>
public sealed class FunctionNamesTests
{
    private static readonly (string Name, MethodInfo Method)[] Functions =
    [
        .. typeof(ApiFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()!.Name, method)),
    ];

    [Fact]
    public void Functions_OfOrchestrationsAndActivities_AreThoseOfTheRegistry()
    {
        OrchestrationRegistry registry = SpreadActivities.Registry();

        Assert.Equal(
            registry.Orchestrations.Select(one => DurableNames.Of(one.Name)).Order(StringComparer.Ordinal),
            Functions.Where(function => Has<OrchestrationTriggerAttribute>(function.Method)).Select(function => function.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            registry.Activities.Select(one => DurableNames.Of(one.Name)).Order(StringComparer.Ordinal),
            Functions.Where(function => Has<ActivityTriggerAttribute>(function.Method)).Select(function => function.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_OfCore_AreAllRegisteredHereToo()
        => Assert.Equal(
            new[] { typeof(ExecutionActivities), typeof(DelayedStart), typeof(BatchActivities), typeof(ValidationActivities), typeof(ScheduleActivities), typeof(CheckActivities), typeof(CallbackActivities) }
                .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Count(field => field.FieldType.IsGenericType),
            Functions.Count(function => Has<OrchestrationTriggerAttribute>(function.Method) || Has<ActivityTriggerAttribute>(function.Method)));

    /// <summary>The host takes the first route that matches, by name of the function: one that takes all must be alone.</summary>
    [Fact]
    public void Functions_OverHttp_AreOneThatTakesAll()
    {
        HttpTriggerAttribute trigger = Assert.Single(Functions.SelectMany(function => function.Method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>());

        Assert.Equal(("{*path}", AuthorizationLevel.Anonymous), (trigger.Route, trigger.AuthLevel));
        Assert.Equal(["delete", "get", "head", "options", "patch", "post", "put"], trigger.Methods!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_AllOfThem_HaveNamesThatTheHostTakes()
    {
        Assert.All(Functions, function => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]{0,126}$", function.Name));
        Assert.Equal(Functions.Length, Functions.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Functions, function => Assert.True(typeof(Task).IsAssignableFrom(function.Method.ReturnType), function.Name));
    }

    private static bool Has<TTrigger>(MethodInfo method)
        where TTrigger : Attribute
        => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TTrigger>() is not null);
}
