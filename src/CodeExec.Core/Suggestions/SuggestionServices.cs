using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Suggestions;

public static class SuggestionServices
{
    /// <summary>Suggested tests, by rules. A host that has another suggester adds it before: the first is who suggests.</summary>
    public static IServiceCollection AddTestSuggestions(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITestSuggester, RulesSuggester>());
        services.TryAddSingleton<SuggestionService>();
        services.TryAddSingleton<ExpectedOutputs>();
        return services;
    }
}
