using CodeExec.Api.Access;
using CodeExec.Api.Artifacts;
using CodeExec.Api.Codebae;
using CodeExec.Api.Displays;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Api.Judge0;
using CodeExec.Api.Languages;
using CodeExec.Api.Live;
using CodeExec.Api.Logs;
using CodeExec.Api.OpenApi;
using CodeExec.Api.Piston;
using CodeExec.Api.Problems;
using CodeExec.Api.Reviews;
using CodeExec.Api.Schedules;
using CodeExec.Api.Specifications;
using CodeExec.Api.Status;
using CodeExec.Api.Suggestions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Hosting;

public static class ApiPipeline
{
    /// <summary>
    /// The whole pipeline, from problems to endpoints. It needs an HttpContext and nothing of the server that made it: a host without
    /// Kestrel builds an <see cref="ApplicationBuilder"/> over its services, calls this, and hands each context to what it builds.
    /// </summary>
    public static IApplicationBuilder MapCodeExecApi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseMiddleware<BrowserGuardMiddleware>();
        app.UseRouting();
        UseCors(app);
        app.UseMiddleware<CallerMiddleware>();
        return app.UseEndpoints(MapEndpoints);
    }

    private static void UseCors(IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value.AllowedOrigins is { Count: > 0 } origins)
        {
            app.UseCors(policy => policy.WithOrigins([.. origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Location", "Retry-After"));
        }
    }

    private static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        IServiceProvider services = routes.ServiceProvider;
        services.GetRequiredService<ExecutionListEndpoints>().Map(routes);
        services.GetRequiredService<ExecutionEndpoints>().Map(routes);
        services.GetRequiredService<ProblemEndpoints>().Map(routes);
        services.GetRequiredService<ProblemImportEndpoint>().Map(routes);
        services.GetRequiredService<CheckEndpoints>().Map(routes);
        services.GetRequiredService<BatchCreation>().Map(routes);
        services.GetRequiredService<BatchEndpoints>().Map(routes);
        services.GetRequiredService<PoisonEndpoints>().Map(routes);
        services.GetRequiredService<BatchResultEndpoints>().Map(routes);
        services.GetRequiredService<BatchStream>().Map(routes);
        services.GetRequiredService<ScheduleEndpoints>().Map(routes);
        services.GetRequiredService<DeliveryEndpoints>().Map(routes);
        services.GetRequiredService<OverrideEndpoints>().Map(routes);
        services.GetRequiredService<AttemptEndpoints>().Map(routes);
        services.GetRequiredService<LogEndpoints>().Map(routes);
        services.GetRequiredService<LiveEndpoints>().Map(routes);
        services.GetRequiredService<SubscriptionEndpoints>().Map(routes);
        services.GetRequiredService<ArtifactEndpoints>().Map(routes);
        services.GetRequiredService<DisplayEndpoints>().Map(routes);
        services.GetRequiredService<OutputEndpoints>().Map(routes);
        services.GetRequiredService<LanguageEndpoints>().Map(routes);
        services.GetRequiredService<KeyEndpoints>().Map(routes);
        services.GetRequiredService<StatusEndpoints>().Map(routes);
        services.GetRequiredService<SpecificationEndpoints>().Map(routes);
        services.GetRequiredService<SpecificationMetricsEndpoints>().Map(routes);
        services.GetRequiredService<SpecificationRunEndpoints>().Map(routes);
        services.GetRequiredService<TaskEndpoints>().Map(routes);
        services.GetRequiredService<ChallengeEndpoints>().Map(routes);
        services.GetRequiredService<ReviewEndpoints>().Map(routes);
        services.GetRequiredService<SuggestionEndpoints>().Map(routes);
        services.GetRequiredService<CodebaeEndpoints>().Map(routes);
        services.GetRequiredService<PistonEndpoints>().Map(routes);
        services.GetRequiredService<Judge0Endpoints>().Map(routes);
        services.GetRequiredService<Judge0InfoEndpoints>().Map(routes);
        OpenApiEndpoints.Map(routes);
    }
}
