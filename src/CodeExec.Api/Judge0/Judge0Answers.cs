using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Judge0;

/// <summary>Shows executions as Judge0 would.</summary>
internal sealed class Judge0Answers(IExecutionStore store, IBlobStore blobs, OutputInOrder output, Judge0Languages languages)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsBase64(HttpContext context) => context.Request.Query["base64_encoded"] == "true";

    /// <param name="statusIfNoText">Of an answer that can only be given as Base64.</param>
    public async Task WriteAsync(HttpContext context, int status, ExecutionRecord record, bool base64, int statusIfNoText)
    {
        Judge0Fields fields = Judge0Fields.Read(context.Request);
        Judge0Facts facts = await FactsAsync(record, fields, context.RequestAborted);
        await WriteAsync(context, status, statusIfNoText, statusIfNoText == status ? Judge0Submission.TokenOf(record.Id) : null, json => fields.Write(json, facts, base64));
    }

    /// <param name="records">Null where there is none of a token.</param>
    public Task WriteAsync(HttpContext context, IReadOnlyList<ExecutionRecord?> records, bool base64) => WriteAsync(context, records, base64, _ => { });

    public Task WriteAsync(HttpContext context, Judge0Page page, bool base64) => WriteAsync(context, page.Shown, base64, json =>
    {
        json.WriteStartObject("meta");
        json.WriteNumber("current_page", page.Number);
        WriteNumber(json, "next_page", page.Next);
        WriteNumber(json, "prev_page", page.Previous);
        json.WriteNumber("total_pages", page.Pages);
        json.WriteNumber("total_count", page.Total);
        json.WriteEndObject();
    });

    private async Task WriteAsync(HttpContext context, IReadOnlyList<ExecutionRecord?> records, bool base64, Action<Utf8JsonWriter> writeMore)
    {
        Judge0Fields fields = Judge0Fields.Read(context.Request);
        List<Judge0Facts?> all = [];
        foreach (ExecutionRecord? record in records)
        {
            all.Add(record is null ? null : await FactsAsync(record, fields, context.RequestAborted));
        }

        await WriteAsync(context, StatusCodes.Status200OK, StatusCodes.Status400BadRequest, null, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("submissions");
            foreach (Judge0Facts? facts in all)
            {
                if (facts is null)
                {
                    json.WriteNullValue();
                }
                else
                {
                    fields.Write(json, facts, base64);
                }
            }

            json.WriteEndArray();
            writeMore(json);
            json.WriteEndObject();
        });
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } one)
        {
            json.WriteNumber(name, one);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static async Task WriteAsync(HttpContext context, int status, int statusIfNoText, string? token, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new(1024);
        try
        {
            using Utf8JsonWriter json = new(body, Json);
            write(json);
        }
        catch (NotUtf8Exception)
        {
            (status, body) = (statusIfNoText, new ArrayBufferWriter<byte>(256));
            using Utf8JsonWriter json = new(body, Json);
            json.WriteStartObject();
            json.WriteString("error", "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter");
            if (token is not null)
            {
                json.WriteString("token", token);
            }

            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    /// <summary>The usual attributes, in Base64, for somebody who does not ask.</summary>
    public async Task<string> TextAsync(ExecutionRecord record, CancellationToken cancellationToken)
    {
        Judge0Facts facts = await FactsAsync(record, Judge0Fields.Usual, cancellationToken);
        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter json = new(body, Json))
        {
            Judge0Fields.Usual.Write(json, facts, base64: true);
        }

        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    /// <returns>With what the program wrote compared: that it ended well is not all.</returns>
    public async Task<int> StatusAsync(ExecutionRecord record, CancellationToken cancellationToken)
        => Judge0Submission.HasExpected(record) || Judge0Submission.LanguageOf(record) == Judge0Script.MultiFile
            ? (await FactsAsync(record, Judge0Fields.Usual, cancellationToken)).Status.Id
            : Judge0Statuses.Of(record).Id;

    private async Task<Judge0Facts> FactsAsync(ExecutionRecord record, Judge0Fields fields, CancellationToken cancellationToken)
    {
        byte[] stdout = await BytesAsync(record.Run?.Stdout, cancellationToken), stderr = await BytesAsync(record.Run?.Stderr, cancellationToken);
        byte[] compiled = record.Compile is { } compile
            ? await InOrderAsync(record, "compile", await BytesAsync(compile.Stdout, cancellationToken), await BytesAsync(compile.Stderr, cancellationToken), cancellationToken)
            : [];
        if (Judge0Submission.IsMerged(record) && stderr.Length > 0)
        {
            (stdout, stderr) = (await InOrderAsync(record, "run", stdout, stderr, cancellationToken), []);
        }

        int language = Judge0Submission.LanguageOf(record) ?? 0;
        ExecutionSpec? spec = fields.NeedSpec ? await store.FindSpecAsync(record.Id, cancellationToken) : null;
        byte[]? expected = fields.NeedExpected && Judge0Submission.HasExpected(record) ? await BlobAsync(Judge0Submission.ExpectedBlob(record.Id), cancellationToken) : null;
        ReadOnlySpan<byte> mark = Encoding.UTF8.GetBytes(Judge0Script.NotBuiltMark), errors = Judge0Submission.IsMerged(record) ? stdout : stderr;
        bool isNotBuilt = language == Judge0Script.MultiFile && record.Outcome is ExecutionOutcome.Exited { Code: Judge0Script.NotBuilt } && errors.StartsWith(mark);
        return isNotBuilt
            ? new Judge0Facts(record, spec, expected, [], [], errors[mark.Length..].ToArray(), language, languages.NameOf(language)) { IsNotBuilt = true }
            : new Judge0Facts(record, spec, expected, stdout, stderr, compiled, language, languages.NameOf(language));
    }

    private async Task<byte[]> InOrderAsync(ExecutionRecord record, string step, byte[] stdout, byte[] stderr, CancellationToken cancellationToken)
        => Encoding.UTF8.GetBytes(await output.ReadAsync(record, step, Encoding.UTF8.GetString(stdout), Encoding.UTF8.GetString(stderr), cancellationToken));

    private async Task<byte[]> BytesAsync(CapturedOutput? captured, CancellationToken cancellationToken)
        => (captured?.Blob is { } key ? await BlobAsync(key, cancellationToken) : null) ?? Encoding.UTF8.GetBytes(captured?.Text ?? "");

    private async Task<byte[]?> BlobAsync(string key, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(key, cancellationToken);
        if (stored is null)
        {
            return null;
        }

        using MemoryStream all = new();
        await stored.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }
}
