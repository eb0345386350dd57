using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Reviews;

public static class ReviewServices
{
    /// <summary>Reviews by rules. A host that has another reviewer adds it before: the first is who reviews.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReviewer, RulesReviewer>());
        services.TryAddSingleton<ReviewService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, ReviewRetention>());
        return services;
    }
}
