using CodeExec.Core.Access;
using CodeExec.Core.Attempts;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    private const int ShortestKey = 16;

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        List<string> failures = [];
        if (options.FailuresPerMinute is < 1 or > 10_000)
        {
            failures.Add("Auth:FailuresPerMinute must be from 1 to 10000.");
        }

        if (options.Open && (options.Keys.Count > 0 || options.Jwt.Issuer is not null))
        {
            failures.Add("Auth:Open can not stand beside Auth:Keys or Auth:Jwt: a server is open, or it asks for keys.");
        }

        for (int i = 0; i < options.Keys.Count; i++)
        {
            failures.AddRange(Check(options.Keys[i]).Select(failure => $"Auth:Keys:{i}: {failure}"));
        }

        failures.AddRange(Check(options.Jwt).Select(failure => "Auth:Jwt: " + failure));
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Check(ConfiguredKey key)
    {
        if (key.Key is null == key.Hash is null)
        {
            yield return "give either Key or Hash.";
        }

        if (key.Key is { Length: < ShortestKey })
        {
            yield return $"a key has {ShortestKey} characters or more; 'openssl rand -hex 32' makes a good one.";
        }

        if (key.Hash is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            yield return "Hash is SHA-256 in 64 hexadecimal digits; 'printf %s KEY | sha256sum' makes it.";
        }

        if (!TenantNames.IsValid(key.Tenant))
        {
            yield return TenantNames.Rule;
        }

        if (!Enum.IsDefined(key.Role))
        {
            yield return $"Role is {RoleNames.All}.";
        }

        if (key.Role == Role.Student && !StudentNames.IsValid(key.Name))
        {
            yield return "Name of a student's key is what the student is called: 1 to 200 characters.";
        }
    }

    private static bool HoldsKeys(string file)
    {
        try
        {
            return JwksParser.Parse(File.ReadAllBytes(file)).Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false; // the caller says what the file must be
        }
    }

    private static IEnumerable<string> Check(JwtOptions jwt)
    {
        bool keys = jwt.Keys.Count > 0 || jwt.JwksFile is not null || jwt.JwksUrl is not null;
        if (jwt.Issuer is null)
        {
            if (keys || jwt.Audience is not null)
            {
                yield return "set Issuer: tokens are taken from a named issuer only.";
            }

            yield break;
        }

        if (string.IsNullOrWhiteSpace(jwt.Audience))
        {
            yield return "set Audience: a token made for another service must not open this one.";
        }

        if (!keys)
        {
            yield return "set Keys, JwksFile or JwksUrl: a token's signature must be checked with something.";
        }

        if (jwt.JwksUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))))
        {
            yield return "JwksUrl is an absolute https address (http on loopback only).";
        }

        if (jwt.JwksFile is { } file && !HoldsKeys(file))
        {
            yield return "JwksFile is a file that can be read and holds a JSON web key set with a key for HS256, RS256 or ES256.";
        }

        if (jwt.ClockSkew < TimeSpan.Zero || jwt.ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return "ClockSkew is from 0 to 5 minutes.";
        }

        for (int i = 0; i < jwt.Keys.Count; i++)
        {
            if (JwtKey.TryCreate(jwt.Keys[i], out _, out string? reason) is false)
            {
                yield return $"Keys:{i}: {reason}";
            }
        }
    }
}
