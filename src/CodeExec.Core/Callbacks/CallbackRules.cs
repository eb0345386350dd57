using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Secrets;

namespace CodeExec.Core.Callbacks;

internal static class CallbackRules
{
    private const int LongestUrl = 2048, ShortestSecret = 16, LongestSecret = 256;

    public static CallbackTarget? Check(SubmittedCallback? callback, ISecretProtector secrets, Mistakes mistakes)
    {
        if (callback is null)
        {
            return null;
        }

        if (callback.Url is not { Length: <= LongestUrl } url || !Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            mistakes.Add("callback.url", "Must be an address that begins with https:// or http://, without a user name in it.");
            return null;
        }

        if (callback.Secret is { } secret && secret.Length is < ShortestSecret or > LongestSecret)
        {
            mistakes.Add("callback.secret", $"Must have {ShortestSecret} to {LongestSecret} characters.");
            return null;
        }

        return new CallbackTarget(url, callback.Secret is { } known ? secrets.Protect(known) : null);
    }
}
