using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Specifications;
using CodeExec.Api.Status;
using CodeExec.Core.Access;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Judge0;

/// <summary>What Judge0 says of itself, answered for this server.</summary>
internal sealed class Judge0InfoEndpoints(Judge0Languages languages, Judge0Configuration configuration, Judge0Statistics statistics, IOrchestrationEngine engine)
{
    private const string Root = Judge0Endpoints.Root;

    /// <summary>Whose interface this is; the rest is the version of what answers.</summary>
    private static readonly string Version = $"1.13.1+codeexec.{ServerLife.Version}";

    public void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/languages", LanguagesAsync);
        Get(routes, "/languages/all", AllLanguagesAsync);
        Get(routes, "/languages/{id}", LanguageAsync);
        Get(routes, "/statuses", StatusesAsync);
        Get(routes, "/config_info", context => WriteAsync(context, configuration.Write));
        Get(routes, "/system_info", context => WriteAsync(context, WriteSystem));
        Get(routes, "/statistics", StatisticsAsync);
        Get(routes, "/workers", context => WriteAsync(context, WriteWorkers));
        Get(routes, "/about", context => WriteAsync(context, WriteAbout));
        Get(routes, "/version", context => WriteAsync(context, Version));
        Get(routes, "/isolate", context => WriteAsync(context, "isolate is not used here: each program runs in a container of this server's own, or of a container engine.\n"));
        Get(routes, "/license", context => WriteAsync(context, "This is CodeExec, which answers as Judge0 does and has nothing of its code. Ask who runs this server for the terms of use.\n"));
        Judge0Endpoints.Add(routes.MapPost(Root + "/authenticate", _ => Task.CompletedTask), Role.Reader);
        Judge0Endpoints.Add(routes.MapPost(Root + "/authorize", _ => Task.CompletedTask), Role.Admin);
    }

    private static void Get(IEndpointRouteBuilder routes, string path, RequestDelegate answer) => Judge0Endpoints.Add(routes.MapGet(Root + path, answer), Role.Reader);

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write) => Judge0Answers.WriteAsync(context, StatusCodes.Status200OK, 0, null, write);

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private Task LanguagesAsync(HttpContext context)
        => context.WriteAsync(StatusCodes.Status200OK, [.. languages.All.Where(one => !one.IsArchived).Select(one => new Judge0LanguageView(one.Id, one.Name))], ApiJson.Default.IReadOnlyListJudge0LanguageView);

    private Task AllLanguagesAsync(HttpContext context) => WriteAsync(context, json =>
    {
        json.WriteStartArray();
        foreach (Judge0Language one in languages.All)
        {
            WriteLanguage(json, one, withCommands: false);
        }

        json.WriteEndArray();
    });

    private Task LanguageAsync(HttpContext context)
    {
        Judge0Language found = int.TryParse(Pages.Value(context, "id"), CultureInfo.InvariantCulture, out int id) && languages.Find(id) is { } one ? one : throw Pages.NotFound("language");
        return WriteAsync(context, json => WriteLanguage(json, found, withCommands: true));
    }

    private static void WriteLanguage(Utf8JsonWriter json, Judge0Language language, bool withCommands)
    {
        json.WriteStartObject();
        json.WriteNumber("id", language.Id);
        json.WriteString("name", language.Name);
        json.WriteBoolean("is_archived", language.IsArchived);
        if (withCommands)
        {
            json.WriteString("source_file", language.SourceFile);
            json.WriteString("compile_cmd", language.CompileCommand);
            json.WriteString("run_cmd", language.RunCommand);
        }

        json.WriteEndObject();
    }

    private static Task StatusesAsync(HttpContext context)
        => context.WriteAsync(StatusCodes.Status200OK, [.. Judge0Statuses.All.Select(one => new Judge0StatusView(one.Id, one.Description))], ApiJson.Default.IReadOnlyListJudge0StatusView);

    private async Task StatisticsAsync(HttpContext context)
        => await WriteAsync(context, await statistics.CountAsync(context.GetCaller().Tenant, context.Request.Query["invalidate_cache"] == "true", languages, context.RequestAborted));

    /// <summary>Those of lscpu's and free's lines that a client could make something of.</summary>
    private static void WriteSystem(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Architecture", RuntimeInformation.OSArchitecture switch { Architecture.X64 => "x86_64", Architecture.Arm64 => "aarch64", var other => other.ToString() });
        json.WriteString("CPU(s)", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        json.WriteString("Mem", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0.#}Gi"));
        json.WriteEndObject();
    }

    /// <summary>One queue, and as many workers as programs can be at work side by side.</summary>
    private void WriteWorkers(Utf8JsonWriter json)
    {
        EngineStats stats = engine.GetStats();
        int waiting = stats.Pending.GetValueOrDefault(ExecutionActivities.Orchestration.Value), working = stats.Active.GetValueOrDefault(ExecutionActivities.Orchestration.Value);
        int available = Math.Max(working, Environment.ProcessorCount);
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("queue", "default");
        json.WriteNumber("size", waiting);
        json.WriteNumber("available", available);
        json.WriteNumber("idle", available - working);
        json.WriteNumber("working", working);
        json.WriteNumber("paused", 0);
        json.WriteNumber("failed", 0);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAbout(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("homepage", "/docs");
        json.WriteString("source_code", "/openapi/v1.json");
        json.WriteString("maintainer", "CodeExec");
        json.WriteEndObject();
    }
}

internal sealed record Judge0StatusView(int Id, string Description);
