using System.Globalization;
using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's submissions: a client of Judge0 works after changing its address.</summary>
internal sealed class Judge0Endpoints(
    JsonBodyReader bodies, Judge0RequestReader requests, IExecutionService executions, DropInExecutions waiting, IBlobStore blobs, Judge0Answers answers, Judge0Listing listing)
{
    public const string Root = "/api/judge0";

    /// <summary>Judge0's is 20.</summary>
    public const int MostInBatch = 100;

    private const int UsualPage = 20, LargestPage = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        Add(routes.MapPost(Root + "/submissions", CreateAsync), Role.Submitter);
        Add(routes.MapGet(Root + "/submissions", ListAsync), Role.Reader);
        Add(routes.MapPost(Root + "/submissions/batch", CreateBatchAsync), Role.Submitter);
        Add(routes.MapGet(Root + "/submissions/batch", BatchAsync), Role.Reader);
        Add(routes.MapGet(Root + "/submissions/{token}", GetAsync), Role.Reader);
        Add(routes.MapDelete(Root + "/submissions/{token}", DeleteAsync), Role.Submitter);
    }

    public static void Add(IEndpointConventionBuilder endpoint, Role role) => endpoint.For(role).WithMetadata(new ErrorShapeMetadata(ErrorShape.Judge0));

    private async Task CreateAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        bool base64 = Judge0Answers.IsBase64(context), wait = context.Request.Query["wait"] == "true";
        Judge0Fields.Read(context.Request); // what is wrong with them is said before anything is run
        Judge0Request request = await requests.ReadAsync(body.Root, base64, context.RequestAborted);
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, "judge0");
        ExecutionRecord record = await AcceptAsync(context, request, key);
        if (wait)
        {
            await answers.WriteAsync(context, StatusCodes.Status201Created, await waiting.WaitAsync(context, record), base64, StatusCodes.Status201Created);
            return;
        }

        await Judge0Answers.WriteAsync(context, StatusCodes.Status201Created, 0, null, json => WriteToken(json, record.Id));
    }

    private async Task<ExecutionRecord> AcceptAsync(HttpContext context, Judge0Request request, IdempotencyKey? key)
    {
        ExecutionRecord record = (await executions.SubmitAsync(context.GetCaller().Tenant, request.Submission, key, CancellationToken.None)).RecordOrRefuse();
        if (request.Expected is { } expected)
        {
            await blobs.WriteAsync(Judge0Submission.ExpectedBlob(record.Id), expected, CancellationToken.None); // only shown: what is compared is in the record
        }

        return record;
    }

    /// <summary>Each for itself: those that are wrong do not keep the others.</summary>
    private async Task CreateBatchAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        JsonElement[] all = body.Root.TryGetProperty("submissions", out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        RefuseCount(all.Length);
        List<(ExecutionId? Id, IReadOnlyDictionary<string, string[]>? Errors)> made = [];
        foreach (JsonElement one in all)
        {
            made.Add(await SubmitAsync(context, one, made.Any(other => other.Id is not null)));
        }

        int status = made.Any(one => one.Id is not null) ? StatusCodes.Status201Created : StatusCodes.Status422UnprocessableEntity;
        await Judge0Answers.WriteAsync(context, status, 0, null, json =>
        {
            json.WriteStartArray();
            foreach ((ExecutionId? id, IReadOnlyDictionary<string, string[]>? errors) in made)
            {
                if (id is { } token)
                {
                    WriteToken(json, token);
                }
                else
                {
                    JsonSerializer.Serialize(json, errors!, ApiJson.Default.IReadOnlyDictionaryStringStringArray);
                }
            }

            json.WriteEndArray();
        });
    }

    /// <param name="goesOn">Others were made: what keeps this one is said in its place.</param>
    private async Task<(ExecutionId?, IReadOnlyDictionary<string, string[]>?)> SubmitAsync(HttpContext context, JsonElement one, bool goesOn)
    {
        try
        {
            JsonElement item = one.ValueKind == JsonValueKind.Object ? one : JsonElement.Parse("{}");
            Judge0Request request = await requests.ReadAsync(item, Judge0Answers.IsBase64(context), context.RequestAborted);
            return ((await AcceptAsync(context, request, null)).Id, null);
        }
        catch (RequestRefusedException e) when (e.Problem.Errors is not null || goesOn)
        {
            return (null, e.Problem.Errors is { } errors ? Judge0Problems.ByAttribute(errors) : new Dictionary<string, string[]> { ["error"] = [Judge0Problems.TextOf(e.Problem)] });
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        Judge0Fields.Read(context.Request);
        int page = Whole(context, "page", 1, int.MaxValue), perPage = Whole(context, "per_page", UsualPage, LargestPage);
        await answers.WriteAsync(context, await listing.PageAsync(context.GetCaller().Tenant, page, perPage, context.RequestAborted), Judge0Answers.IsBase64(context));
    }

    private static int Whole(HttpContext context, string name, int otherwise, int most)
    {
        string text = context.Request.Query[name].ToString();
        return text.Length == 0 ? otherwise
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= most ? number
            : throw new RequestRefusedException(new(ProblemTypes.InvalidRequest, number > most ? $"invalid {name}: {text} ({most} is the most)" : $"invalid {name}: {text}"));
    }

    private async Task GetAsync(HttpContext context)
        => await answers.WriteAsync(context, StatusCodes.Status200OK, await FindAsync(context), Judge0Answers.IsBase64(context), StatusCodes.Status400BadRequest);

    private async Task BatchAsync(HttpContext context)
    {
        string[] tokens = (context.Request.Headers["tokens"] is { Count: > 0 } header ? header : context.Request.Query["tokens"]).ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        RefuseCount(tokens.Length);
        List<ExecutionRecord?> records = [];
        foreach (string token in tokens)
        {
            records.Add(await FindAsync(context, token));
        }

        await answers.WriteAsync(context, records, Judge0Answers.IsBase64(context));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        ExecutionRecord record = await FindAsync(context);
        (int id, _) = Judge0Statuses.Of(record);
        if (id is Judge0Statuses.InQueue or Judge0Statuses.Processing)
        {
            throw new RequestRefusedException(new(ProblemTypes.InvalidRequest, $"submission cannot be deleted because its status is {id} ({Judge0Statuses.DescriptionOf(id)})"));
        }

        await answers.WriteAsync(context, StatusCodes.Status200OK, record, base64: true, StatusCodes.Status200OK);
        await executions.DeleteAsync(context.GetCaller().Tenant, record.Id, CancellationToken.None);
    }

    private async Task<ExecutionRecord> FindAsync(HttpContext context) => await FindAsync(context, Pages.Value(context, "token")) ?? throw Pages.NotFound("submission");

    private async Task<ExecutionRecord?> FindAsync(HttpContext context, string token)
        => ExecutionId.TryParse(token, out ExecutionId id) && await executions.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted) is { } record && Judge0Submission.LanguageOf(record) is not null
            ? record
            : null;

    private static void RefuseCount(int count)
    {
        if (count is 0 or > MostInBatch)
        {
            string message = count == 0 ? "there should be at least one submission in a batch" : $"number of submissions in a batch should be less than or equal to {MostInBatch}";
            throw new RequestRefusedException(new(ProblemTypes.InvalidRequest, message));
        }
    }

    private static void WriteToken(Utf8JsonWriter json, ExecutionId id)
    {
        json.WriteStartObject();
        json.WriteString("token", Judge0Submission.TokenOf(id));
        json.WriteEndObject();
    }
}
