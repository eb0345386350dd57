using System.Text.Json;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

/// <summary>Keeps what compilers made. The key covers all that went in, the tenant too: nobody can tell what others compile.</summary>
public sealed class CompileCache(IBlobStore blobs, ILogger<CompileCache> logger)
{
    public const string Prefix = "compiled/";

    /// <returns>Null if nothing is kept under this key.</returns>
    public async Task<CompiledProgram?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(Prefix + key, cancellationToken);
        if (stored is null)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<CompiledProgram>(stored, Orchestration.OrchestrationJson.Options, cancellationToken);
        }
        catch (JsonException e)
        {
            logger.KeptProgramUnreadable(key, e.Message);
            return null;
        }
    }

    /// <summary>Keeps a compiled program for the next time.</summary>
    public Task KeepAsync(string key, CompiledProgram program, CancellationToken cancellationToken)
        => blobs.WriteAsync(Prefix + key, JsonSerializer.SerializeToUtf8Bytes(program, Orchestration.OrchestrationJson.Options), cancellationToken);
}

/// <param name="Compile">What the compiler said: a program from the cache is reported as if it had just been compiled.</param>
public sealed record CompiledProgram(IReadOnlyList<JobFile> Files, StepResult Compile);
