using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>Taking batches in: as JSON, as lines or as a zip; and again, by other tests.</summary>
internal sealed class BatchCreation(BatchIntake intake, BatchService batches, BatchArchive zips, JsonBodyReader bodies, ArchiveBody archives)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/batches", CreateAsync).For(Role.Submitter);
        routes.MapPost("/api/batches/{id}/regrade", RegradeAsync).For(Role.Admin);
    }

    private async Task CreateAsync(HttpContext context)
    {
        BatchOrigin origin = new(IdempotencyHeader.Read(context.Request));
        try
        {
            if (ArchiveBody.IsZip(context.Request))
            {
                BatchDraft draft = BatchReader.DraftOf(context.Request);
                await CreateAsync(context, zips.Read(await archives.ReadAsync(context, leaveOut: true), draft), origin, CancellationToken.None);
            }
            else if (IsLines(context.Request))
            {
                JsonBodyReader.RefuseEncoded(context.Request);

                // The lines are bounded, and so is their number. The request's own token: what a client broke off was not accepted.
                if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                {
                    limit.MaxRequestBodySize = null;
                }

                BatchDraft draft = BatchReader.DraftOf(context.Request);
                await CreateAsync(context, await BatchLines.ReadAsync(context.Request.BodyReader, draft, context.RequestAborted), origin, context.RequestAborted);
            }
            else if (!JsonBodyReader.IsJson(context.Request))
            {
                throw new RequestRefusedException(new(
                    ProblemTypes.UnsupportedMediaType, "Send JSON with 'Content-Type: application/json', lines of JSON with 'application/x-ndjson', or a zip with 'application/zip'."));
            }
            else
            {
                using JsonBody body = await bodies.ReadAsync(context);
                (BatchDraft draft, IReadOnlyList<BatchSubmission> submissions) = BatchReader.ReadWhole(body.Root);
                await CreateAsync(context, new BatchContent(draft, submissions.ToAsyncEnumerable()), origin, CancellationToken.None);
            }
        }
        catch (BatchRefusedException e)
        {
            throw new RequestRefusedException(Problem.Invalid(e.Field, e.Message));
        }
    }

    private async Task CreateAsync(HttpContext context, BatchContent content, BatchOrigin origin, CancellationToken cancellationToken)
        => await AnswerAsync(context, await intake.CreateAsync(context.GetCaller().Tenant, content.Draft, content.Submissions, origin, cancellationToken));

    /// <summary>By another version of the problem (in the query); or by what stands in the body: another problem, or tests.</summary>
    private async Task RegradeAsync(HttpContext context)
    {
        BatchDraft by = BatchReader.DraftOf(context.Request);
        if (context.Request.ContentType is not null)
        {
            using JsonBody body = await bodies.ReadAsync(context);
            by = BatchReader.Join(BatchReader.ReadDraft(body.Root), by);
        }

        TenantId tenant = context.GetCaller().Tenant;
        BatchId id = BatchEndpoints.IdOf(context);
        if (by is { Problem: null, Suite: null } && BatchReader.VersionOf(context.Request) is { } version)
        {
            BatchSummary of = await batches.FindAsync(tenant, id, context.RequestAborted) ?? throw BatchEndpoints.NotFound();
            by = by with { Problem = new SubmittedProblem(of.Batch.Problem.Id, version) };
        }

        await AnswerAsync(context, await batches.RegradeAsync(tenant, id, by, IdempotencyHeader.Read(context.Request), CancellationToken.None));
    }

    private static async Task AnswerAsync(HttpContext context, CreateBatchOutcome? outcome)
    {
        BatchSummary batch = outcome switch
        {
            CreateBatchOutcome.Accepted accepted => accepted.Batch,
            CreateBatchOutcome.Repeated repeated => repeated.Batch,
            CreateBatchOutcome.Invalid invalid => throw new RequestRefusedException(Problem.Invalid(invalid.Errors)),
            CreateBatchOutcome.KeyConflict => throw new RequestRefusedException(Problem.KeyConflict()),
            CreateBatchOutcome.Busy busy => throw new RequestRefusedException(
                new(ProblemTypes.Busy, "What was sent under this Idempotency-Key before is still coming in. Ask again after the time in Retry-After.") { RetryAfter = busy.RetryAfter }),
            _ => throw BatchEndpoints.NotFound(),
        };
        context.Response.Headers.Location = $"/api/batches/{batch.Batch.Id}";
        await context.WriteAsync(StatusCodes.Status202Accepted, BatchView.Of(batch), ApiJson.Default.BatchView);
    }

    private static bool IsLines(HttpRequest request)
        => request.ContentType is { } type
            && (type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("application/ndjson", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase));
}
