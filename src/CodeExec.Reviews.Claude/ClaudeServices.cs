using CodeExec.Core.Operations;
using CodeExec.Core.Reviews;
using CodeExec.Core.Suggestions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Reviews.Claude;

public static class ClaudeServices
{
    /// <summary>Reviews and suggested tests by Claude, if there is a key (setting <c>Reviews:Claude:ApiKey</c>); to be added before those by rules.</summary>
    public static IServiceCollection AddClaudeReviews(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptionsWithValidateOnStart<ClaudeOptions, ClaudeOptionsValidator>().BindConfiguration(ClaudeOptions.Section);
        if (!string.IsNullOrWhiteSpace(configuration[$"{ClaudeOptions.Section}:ApiKey"]))
        {
            services.AddSingleton<ClaudeMessages>();
            services.AddSingleton<IReviewer, ClaudeReviewer>();
            services.AddSingleton<ITestSuggester, ClaudeSuggester>();
            services.AddSingleton<IDependencyCheck>(provider => provider.GetRequiredService<ClaudeMessages>());
        }

        return services;
    }
}
