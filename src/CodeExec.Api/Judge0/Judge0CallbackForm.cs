using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0 puts the submission, in Base64, to its "callback_url".</summary>
internal sealed class Judge0CallbackForm(Judge0Answers answers) : ICallbackForm
{
    public async Task<CallbackMessage?> OfAsync(ExecutionRecord ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return Judge0Submission.LanguageOf(ended) is null ? null : new CallbackMessage("PUT", await answers.TextAsync(ended, cancellationToken));
    }
}
