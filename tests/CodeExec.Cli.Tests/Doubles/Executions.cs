using System.Text.Json.Nodes;

namespace CodeExec.Cli.Tests.Doubles;

/// <summary>Executions as api.md shows them.</summary>
internal static class Executions
{
    public static string Queued() => Json("queued", null);

    public static string Exited(int code, string stdout = "", string stderr = "", bool truncated = false)
        => Json(code == 0 ? "completed" : "failed", $$"""{"kind":"exited","exitCode":{{code}},"signal":null,"limit":null}""", Run(stdout, stderr, truncated));

    public static string Ended(string status, string outcome, JsonObject? run = null) => Json(status, outcome, run);

    public static string Cancelled() => Json("cancelled", """{"kind":"cancelled"}""");

    public static string NotCompiled(string compilerSaid)
        => Json("failed", """{"kind":"compileFailed","exitCode":1}""", run: null, compile: Run("", compilerSaid, truncated: false));

    public static string Faulted(string message)
    {
        JsonObject json = (JsonObject)JsonNode.Parse(Json("failed", """{"kind":"internalError"}"""))!;
        json["error"] = new JsonObject { ["type"] = "containerLost", ["message"] = message };
        return json.ToJsonString();
    }

    public static string WithArtifacts(params string[] paths)
    {
        JsonObject json = (JsonObject)JsonNode.Parse(Exited(0))!;
        json["artifacts"] = new JsonArray([.. paths.Select(p => new JsonObject { ["path"] = p, ["sizeBytes"] = 3, ["url"] = "/x" })]);
        return json.ToJsonString();
    }

    public static string WithDisplays(params JsonObject[] displays)
    {
        JsonObject json = (JsonObject)JsonNode.Parse(Exited(0))!;
        json["displays"] = new JsonArray([.. displays]);
        return json.ToJsonString();
    }

    private static JsonObject Run(string stdout, string stderr, bool truncated) => new()
    {
        ["exitCode"] = 0,
        ["signal"] = null,
        ["stdout"] = stdout,
        ["stderr"] = stderr,
        ["stdoutTruncated"] = truncated,
        ["stderrTruncated"] = false,
        ["wallMs"] = 9,
        ["cpuMs"] = 8,
        ["memoryBytes"] = 9437184,
    };

    private static string Json(string status, string? outcome, JsonObject? run = null, JsonObject? compile = null) => new JsonObject
    {
        ["id"] = FakeServer.Id,
        ["status"] = status,
        ["success"] = status == "completed",
        ["outcome"] = outcome is null ? null : JsonNode.Parse(outcome),
        ["language"] = "python",
        ["version"] = "3.11.2",
        ["provider"] = "cells",
        ["createdAt"] = "2026-11-21T03:00:00Z",
        ["startedAt"] = "2026-11-21T03:00:00.1Z",
        ["endedAt"] = status is "queued" or "running" ? null : "2026-11-21T03:00:01Z",
        ["durationMs"] = 31,
        ["compile"] = compile,
        ["run"] = run,
        ["timings"] = new JsonObject { ["queuedMs"] = 1, ["preparingMs"] = 0, ["runningMs"] = 10 },
        ["artifacts"] = new JsonArray(),
        ["error"] = null,
        ["labels"] = new JsonObject { ["course"] = "cs101" },
    }.ToJsonString();
}
