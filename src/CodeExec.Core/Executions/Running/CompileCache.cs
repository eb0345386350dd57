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

    /// <summary>Keeps a compiled program for the next time. When that fails, the next one compiles again.</summary>
    public async Task KeepAsync(FreshProgram? fresh, CancellationToken cancellationToken)
    {
        if (fresh is null)
        {
            return;
        }

        try
        {
            await blobs.WriteAsync(Prefix + fresh.Key, JsonSerializer.SerializeToUtf8Bytes(fresh.Program, Orchestration.OrchestrationJson.Options), cancellationToken);
        }
#pragma warning disable CA1031 // the execution has ended already, and well: a full disk is no reason to run it again
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.ProgramNotKept(fresh.Key, e.Message);
        }
    }
}

/// <param name="Compile">What the compiler said: a program from the cache is reported as if it had just been compiled.</param>
public sealed record CompiledProgram(IReadOnlyList<JobFile> Files, StepResult Compile);
