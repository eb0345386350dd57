using Microsoft.Extensions.Options;

namespace CodeExec.Api.Hosting;

[OptionsValidator]
internal sealed partial class ApiOptionsRanges : IValidateOptions<ApiOptions>;

internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    private readonly ApiOptionsRanges _ranges = new();

    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> failures = [];
        if (_ranges.Validate(name, options) is { Failed: true } ranges)
        {
            failures.AddRange(ranges.Failures);
        }

        foreach (string origin in options.AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != origin)
            {
                failures.Add($"Api:AllowedOrigins: '{origin}' is not an origin such as 'https://app.example.org' (scheme, host and, if unusual, port; no path, no '*').");
            }
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
