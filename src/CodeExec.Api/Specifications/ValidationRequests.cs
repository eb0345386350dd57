using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Executions;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Api.Specifications;

/// <summary>Starts runs for requests and waits for them, but not longer than the server means to live.</summary>
internal sealed class ValidationRequests(ValidationService validations, ValidationRuns runs, SpecificationValidator validator, IHostApplicationLifetime lifetime)
{
    private const int LongestWaitSeconds = 60;

    /// <summary>Who asks for a verdict wants to have it with the answer; "wait=0" is for those who do not.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    public static TimeSpan Wait(HttpContext context)
    {
        FieldErrors errors = new();
        TimeSpan wait = new QueryReader(context.Request, errors).Seconds("wait", LongestWaitSeconds) ?? UsualWait;
        errors.ThrowIfAny();
        return wait;
    }

    /// <summary>The content that came with a request, checked.</summary>
    public SpecificationContent Inline(SubmittedContent content)
        => validator.Check(content, "specifications.", out IReadOnlyDictionary<string, string[]> errors) ?? throw new RequestRefusedException(Problem.Invalid(errors));

    /// <summary>The part of the content that a request asks for.</summary>
    public static SpecificationContent Part(SpecificationContent content, ValidationBody body)
    {
        FieldErrors errors = new();
        IReadOnlyList<string> requirements = body.RequirementIds ?? [], tests = body.TestIds ?? [];
        NoteUnknown(content, requirements, errors);
        for (int i = 0; i < tests.Count; i++)
        {
            if (content.Tests.All(one => one.Id != tests[i]))
            {
                errors.Add($"testIds[{i}]", "There is no such test case.");
            }
        }

        errors.ThrowIfAny();
        SpecificationContent part = requirements.Count > 0 ? content.For(requirements) : content;
        return tests.Count > 0 ? part.WithTests(test => tests.Contains(test.Id, StringComparer.Ordinal)) : part;
    }

    /// <exception cref="RequestRefusedException">One of them is no requirement or criterion of the content.</exception>
    public static void RefuseUnknown(SpecificationContent content, IReadOnlyList<string> requirements)
    {
        FieldErrors errors = new();
        NoteUnknown(content, requirements, errors);
        errors.ThrowIfAny();
    }

    /// <returns>The run, as it is when it has ended or the wait is over, with its report once there is one.</returns>
    public Task<(ValidationRun Run, ComplianceReport? Report)> RunAsync(HttpContext context, ValidationOrder order, JsonBody body, TimeSpan wait)
        => RunAsync(context, order, IdempotencyHeader.Read(context.Request, body, context.Request.Path.Value ?? ""), wait);

    /// <inheritdoc cref="RunAsync(HttpContext, ValidationOrder, JsonBody, TimeSpan)"/>
    public async Task<(ValidationRun Run, ComplianceReport? Report)> RunAsync(HttpContext context, ValidationOrder order, IdempotencyKey? key, TimeSpan wait)
    {
        TenantId tenant = context.GetCaller().Tenant;
        if (order.CompareWith is { } earlier && await validations.FindAsync(tenant, earlier, context.RequestAborted) is null)
        {
            throw new RequestRefusedException(Problem.Invalid("compareWith", "There is no such validation."));
        }

        // Not the request's token: a client that goes away in between must not leave a run half accepted.
        ValidationRun run = await validations.StartAsync(tenant, order, key, CancellationToken.None) switch
        {
            StartOutcome.Accepted accepted => accepted.Run,
            StartOutcome.Invalid invalid => throw new RequestRefusedException(Problem.Invalid(invalid.Errors)),
            StartOutcome.Busy busy => throw new RequestRefusedException(Problem.Busy(busy.RetryAfter)),
            _ => throw KeyConflict(),
        };
        run = await WaitAsync(context, tenant, run.Id, wait) ?? run;
        return (run, await ReportAsync(run, context.RequestAborted));
    }

    public async Task<ComplianceReport?> ReportAsync(ValidationRun run, CancellationToken cancellationToken)
        => run.Status == ValidationStatus.Completed ? await runs.ReadReportAsync(run.Id, cancellationToken) : null;

    public static int StatusOf(ValidationRun run) => run.Status.IsFinal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;

    public static RequestRefusedException KeyConflict()
        => new(Problem.KeyConflict());

    private static void NoteUnknown(SpecificationContent content, IReadOnlyList<string> requirements, FieldErrors errors)
    {
        for (int i = 0; i < requirements.Count; i++)
        {
            if (content.Requirements.All(one => one.Id != requirements[i]) && content.Criteria.All(one => one.Id != requirements[i]))
            {
                errors.Add($"requirementIds[{i}]", "There is no such requirement or criterion.");
            }
        }
    }

    private async Task<ValidationRun?> WaitAsync(HttpContext context, TenantId tenant, string id, TimeSpan wait)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return await validations.WaitAsync(tenant, id, wait, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return await validations.FindAsync(tenant, id, context.RequestAborted);
        }
    }
}
