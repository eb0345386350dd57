using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's submissions, languages and statuses: a client of Judge0 works after changing its address.</summary>
internal sealed class Judge0Endpoints(
    JsonBodyReader bodies, Judge0RequestReader requests, IExecutionService executions, DropInExecutions waiting, Judge0Answers answers, Judge0Languages languages)
{
    private const string Root = "/api/judge0";

    /// <summary>Judge0's is 20.</summary>
    private const int MostInBatch = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        Add(routes.MapPost(Root + "/submissions", CreateAsync), Role.Submitter);
        Add(routes.MapPost(Root + "/submissions/batch", CreateBatchAsync), Role.Submitter);
        Add(routes.MapGet(Root + "/submissions/batch", BatchAsync), Role.Reader);
        Add(routes.MapGet(Root + "/submissions/{token}", GetAsync), Role.Reader);
        Add(routes.MapDelete(Root + "/submissions/{token}", DeleteAsync), Role.Submitter);
        Add(routes.MapGet(Root + "/languages", LanguagesAsync), Role.Reader);
        Add(routes.MapGet(Root + "/languages/all", LanguagesAsync), Role.Reader);
        Add(routes.MapGet(Root + "/languages/{id}", LanguageAsync), Role.Reader);
        Add(routes.MapGet(Root + "/statuses", StatusesAsync), Role.Reader);
        Add(routes.MapPost(Root + "/authenticate", _ => Task.CompletedTask), Role.Reader);
    }

    private static void Add(IEndpointConventionBuilder endpoint, Role role) => endpoint.For(role).WithMetadata(new ErrorShapeMetadata(ErrorShape.Judge0));

    private async Task CreateAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        bool base64 = Judge0Answers.IsBase64(context), wait = context.Request.Query["wait"] == "true";
        Judge0Fields.Read(context.Request); // what is wrong with them is said before anything is run
        Submission submission = await requests.ReadAsync(body.Root, base64, context.RequestAborted);
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, "judge0");
        if (wait)
        {
            ExecutionRecord ended = await waiting.RunAsync(context, submission, key);
            await answers.WriteAsync(context, StatusCodes.Status201Created, ended, base64, StatusCodes.Status201Created);
            return;
        }

        ExecutionRecord record = (await executions.SubmitAsync(context.GetCaller().Tenant, submission, key, CancellationToken.None)).RecordOrRefuse();
        await Judge0Answers.WriteAsync(context, StatusCodes.Status201Created, 0, null, json => WriteToken(json, record.Id));
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
            made.Add(await SubmitAsync(context, one));
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

    private async Task<(ExecutionId?, IReadOnlyDictionary<string, string[]>?)> SubmitAsync(HttpContext context, JsonElement one)
    {
        try
        {
            JsonElement item = one.ValueKind == JsonValueKind.Object ? one : JsonElement.Parse("{}");
            Submission submission = await requests.ReadAsync(item, Judge0Answers.IsBase64(context), context.RequestAborted);
            return ((await executions.SubmitAsync(context.GetCaller().Tenant, submission, null, CancellationToken.None)).RecordOrRefuse().Id, null);
        }
        catch (RequestRefusedException e) when (e.Problem.Errors is not null)
        {
            return (null, Judge0Problems.ByAttribute(e.Problem.Errors));
        }
    }

    private async Task GetAsync(HttpContext context)
        => await answers.WriteAsync(context, StatusCodes.Status200OK, await FindAsync(context), Judge0Answers.IsBase64(context), StatusCodes.Status400BadRequest);

    private async Task BatchAsync(HttpContext context)
    {
        string[] tokens = context.Request.Query["tokens"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
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

    private Task LanguagesAsync(HttpContext context) => context.WriteAsync(StatusCodes.Status200OK, [.. languages.All], ApiJson.Default.IReadOnlyListJudge0LanguageView);

    private Task LanguageAsync(HttpContext context)
    {
        _ = int.TryParse(Pages.Value(context, "id"), out int id);
        return languages.Find(id) is null ? throw Pages.NotFound("language") : context.WriteAsync(StatusCodes.Status200OK, new(id, languages.NameOf(id)), ApiJson.Default.Judge0LanguageView);
    }

    private static Task StatusesAsync(HttpContext context)
        => context.WriteAsync(StatusCodes.Status200OK, [.. Judge0Statuses.All.Select(one => new Judge0StatusView(one.Id, one.Description))], ApiJson.Default.IReadOnlyListJudge0StatusView);

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

internal sealed record Judge0StatusView(int Id, string Description);
