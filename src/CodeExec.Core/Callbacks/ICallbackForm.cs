using CodeExec.Core.Executions;

namespace CodeExec.Core.Callbacks;

/// <summary>What executions that came in as another system's are told of as, for receivers that know that system.</summary>
public interface ICallbackForm
{
    /// <summary>May be asked again for the same end; what was told first is what is sent.</summary>
    /// <returns>Null: told of as any other.</returns>
    Task<CallbackMessage?> OfAsync(ExecutionRecord ended, CancellationToken cancellationToken);
}

/// <param name="Method">"PUT", "POST".</param>
/// <param name="Body">JSON.</param>
public sealed record CallbackMessage(string Method, string Body);
