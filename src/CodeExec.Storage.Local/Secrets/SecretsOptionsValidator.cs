using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Local.Secrets;

internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Key))
        {
            return ValidateOptionsResult.Success;
        }
        try
        {
            SecretKey.FromSetting(options.Key);
            return ValidateOptionsResult.Success;
        }
        catch (SecretKeyException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
