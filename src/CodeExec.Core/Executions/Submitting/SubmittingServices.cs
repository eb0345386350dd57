using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Executions.Submitting;

public static class SubmittingServices
{
    /// <summary>The check of submissions. A host binds <see cref="SubmissionCeilings"/> to its settings.</summary>
    public static IServiceCollection AddSubmissionValidation(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SubmissionCeilings, SubmissionCeilingsValidator>();
        services.TryAddSingleton<SubmissionValidator>();
        return services;
    }
}
