using CodeExec.Api.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Tests.Access;

public sealed class AuthOptionsTests
{
    [Theory]
    [InlineData("Auth:Open=true;Auth:Keys:0:Key=0123456789abcdef", "Auth:Open")]
    [InlineData("Auth:Keys:0:Key=short", "16 characters")]
    [InlineData("Auth:Keys:0:Name=x", "either Key or Hash")]
    [InlineData("Auth:Keys:0:Hash=abc", "64 hexadecimal")]
    [InlineData("Auth:Keys:0:Key=0123456789abcdef;Auth:Keys:0:Tenant=a b", "tenant")]
    [InlineData("Auth:FailuresPerMinute=0", "FailuresPerMinute")]
    [InlineData("Auth:Jwt:Issuer=x", "Audience")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y", "JwksUrl")]
    [InlineData("Auth:Jwt:Audience=y", "Issuer")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y;Auth:Jwt:JwksUrl=http://keys.example/jwks", "https")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y;Auth:Jwt:Keys:0:Algorithm=HS256;Auth:Jwt:Keys:0:Secret=short", "32 bytes")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y;Auth:Jwt:Keys:0:Algorithm=none", "HS256, RS256 or ES256")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y;Auth:Jwt:Keys:0:Algorithm=RS256;Auth:Jwt:Keys:0:PublicKey=abc", "PEM")]
    [InlineData("Auth:Jwt:Issuer=x;Auth:Jwt:Audience=y;Auth:Jwt:JwksFile=/nowhere/jwks.json", "JwksFile")]
    [InlineData("Api:MaxBodyBytes=1", "MaxBodyBytes")]
    [InlineData("Api:KeepAlive=00:10:00", "KeepAlive")]
    [InlineData("Api:AllowedOrigins:0=*", "not an origin")]
    [InlineData("Submissions:MemoryMb=1", "MemoryMb")]
    public async Task Start_WithASettingThatCanNotBe_FailsAndNamesIt(string settings, string named)
    {
        IEnumerable<(string, string)> parsed = settings.Split(';').Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]));

        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiHost.StartAsync(null, parsed));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }
}
