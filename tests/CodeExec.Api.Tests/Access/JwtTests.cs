using System.Net;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Tests.Access;

public sealed class JwtTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(null,
    [
        ("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:FailuresPerMinute", "10000"),
        ("Auth:Jwt:Keys:0:Algorithm", "HS256"), ("Auth:Jwt:Keys:0:Secret", Tokens.Secret),
        ("Auth:Jwt:Keys:1:Algorithm", "RS256"), ("Auth:Jwt:Keys:1:Kid", "rsa"), ("Auth:Jwt:Keys:1:PublicKey", Tokens.Rsa.ExportSubjectPublicKeyInfoPem()),
        ("Auth:Jwt:Keys:2:Algorithm", "ES256"), ("Auth:Jwt:Keys:2:Kid", "ec"), ("Auth:Jwt:Keys:2:PublicKey", Tokens.Ec.ExportSubjectPublicKeyInfoPem()),
    ]);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Token_GoodInEachAlgorithm_IsTaken()
    {
        foreach (string token in new[] { Tokens.Hs256(Tokens.Claims()), Tokens.Rs256(Tokens.Claims()), Tokens.Es256(Tokens.Claims()), Tokens.Hs256(Tokens.Claims(("aud", new[] { "other", Tokens.Audience }))) })
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/executions", token)).Status);
        }
    }

    [Fact]
    public async Task Token_OfARole_MayWhatTheRoleMay()
    {
        (await _host.PostAsync("/api/executions", """{"language":"python","code":""}""", Tokens.Hs256(Tokens.Claims(("role", "reader"))))).IsProblem(403, "forbidden");
        (await _host.GetAsync("/api/keys", Tokens.Hs256(Tokens.Claims()))).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/keys", Tokens.Hs256(Tokens.Claims(("role", "admin"))))).Status);
    }

    [Fact]
    public async Task Token_OfATenant_SeesOnlyThat()
    {
        string id = await _host.SubmitAsync("", Tokens.Hs256(Tokens.Claims(("tenant", "one"))));

        (await _host.GetAsync("/api/executions/" + id, Tokens.Hs256(Tokens.Claims(("tenant", "two"))))).IsProblem(404, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/api/executions/" + id, Tokens.Rs256(Tokens.Claims(("tenant", "one"))))).Status);
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Token_Bad_Is401(string what, string token)
    {
        Answer answer = await _host.GetAsync("/api/executions", token);

        Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{what}: {(int)answer.Status}");
        answer.IsProblem(401, "unauthenticated");
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadTokens()
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string good = Tokens.Hs256(Tokens.Claims());
        string publicKey = Tokens.Rsa.ExportSubjectPublicKeyInfoPem();
        using RSA other = RSA.Create(2048);
        return new()
        {
            { "alg none", Tokens.Make("""{"alg":"none"}""", Tokens.Claims(), _ => []) },
            { "alg none with a signature", Tokens.Make("""{"alg":"none"}""", Tokens.Claims(), _ => [1, 2, 3]) },
            { "alg None", Tokens.Hs256(Tokens.Claims(), header: """{"alg":"None"}""") },
            { "no alg", Tokens.Hs256(Tokens.Claims(), header: "{}") },
            { "alg of another type", Tokens.Hs256(Tokens.Claims(), header: """{"alg":256}""") },
            { "alg twice", Tokens.Hs256(Tokens.Claims(), header: """{"alg":"HS256","alg":"none"}""") },
            { "alg HS512", Tokens.Make("""{"alg":"HS512"}""", Tokens.Claims(), s => HMACSHA512.HashData(Encoding.UTF8.GetBytes(Tokens.Secret), s)) },
            { "public key as HMAC secret", Tokens.Hs256(Tokens.Claims(), publicKey, """{"alg":"HS256","kid":"rsa"}""") },
            { "HMAC called RS256", Tokens.Hs256(Tokens.Claims(), header: """{"alg":"RS256","kid":"rsa"}""") },
            { "other secret", Tokens.Hs256(Tokens.Claims(), "another-secret-of-at-least-32-bytes!!") },
            { "other RSA key", Tokens.Make("""{"alg":"RS256","kid":"rsa"}""", Tokens.Claims(), s => other.SignData(s, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) },
            { "unknown kid", Tokens.Rs256(Tokens.Claims(), """{"alg":"RS256","kid":"../../etc/passwd"}""") },
            { "kid of another type", Tokens.Rs256(Tokens.Claims(), """{"alg":"RS256","kid":{"a":1}}""") },
            { "crit", Tokens.Hs256(Tokens.Claims(), header: """{"alg":"HS256","crit":["b64"],"b64":false}""") },
            { "key in the header", Tokens.Hs256(Tokens.Claims(), "another-secret-of-at-least-32-bytes!!", """{"alg":"HS256","jwk":{"kty":"oct","k":"YW5vdGhlci1zZWNyZXQtb2YtYXQtbGVhc3QtMzItYnl0ZXMhIQ"}}""") },
            { "wrong issuer", Tokens.Hs256(Tokens.Claims(("iss", "https://evil.example"))) },
            { "no issuer", Tokens.Hs256(Tokens.Claims(("iss", null))) },
            { "wrong audience", Tokens.Hs256(Tokens.Claims(("aud", "another"))) },
            { "no audience", Tokens.Hs256(Tokens.Claims(("aud", null))) },
            { "audience of another type", Tokens.Hs256(Tokens.Claims(("aud", 7))) },
            { "expired", Tokens.Hs256(Tokens.Claims(("exp", now - 60))) },
            { "no expiry", Tokens.Hs256(Tokens.Claims(("exp", null))) },
            { "expiry as text", Tokens.Hs256(Tokens.Claims(("exp", "never"))) },
            { "expiry beyond all time", Tokens.Hs256(Tokens.Claims(("exp", 1e300))) },
            { "not yet valid", Tokens.Hs256(Tokens.Claims(("nbf", now + 300))) },
            { "issued in the future", Tokens.Hs256(Tokens.Claims(("iat", now + 300))) },
            { "no tenant", Tokens.Hs256(Tokens.Claims(("tenant", null))) },
            { "tenant with a path", Tokens.Hs256(Tokens.Claims(("tenant", "../default"))) },
            { "no role", Tokens.Hs256(Tokens.Claims(("role", null))) },
            { "unknown role", Tokens.Hs256(Tokens.Claims(("role", "root"))) },
            { "roles as a list", Tokens.Hs256(Tokens.Claims(("role", new[] { "admin" }))) },
            { "claim twice", Tokens.Hs256($$"""{"iss":"{{Tokens.Issuer}}","aud":"codeexec","exp":{{now + 600}},"tenant":"default","role":"reader","role":"admin"}""") },
            { "payload is a list", Tokens.Hs256("[]") },
            { "payload is no JSON", Tokens.Hs256("{") },
            { "deep payload", Tokens.Hs256(new string('[', 1000)) },
            { "signature cut", good[..^3] },
            { "signature empty", good[..(good.LastIndexOf('.') + 1)] },
            { "two parts", good[..good.LastIndexOf('.')] },
            { "four parts", good + ".x" },
            { "padding", good + "=" },
            { "changed payload", Flip(good, good.IndexOf('.', StringComparison.Ordinal) + 20) },
            { "huge", Tokens.Hs256(Tokens.Claims(("sub", new string('x', 8200)))) },
            { "not a token", "abc" },
        };
    }

    [Fact]
    public async Task Keys_FromAnAddress_AreFetchedOnceAndKept()
    {
        int asked = 0;
        await using WebApplication issuer = WebApplication.CreateSlimBuilder().Build();
        issuer.Urls.Add("http://127.0.0.1:0");
        issuer.MapGet("/jwks", context =>
        {
            Interlocked.Increment(ref asked);
            return context.Response.WriteAsync(Tokens.Jwks());
        });
        await issuer.StartAsync();
        await using ApiHost host = await ApiHost.StartAsync(null, [("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:Jwt:JwksUrl", issuer.Urls.Single() + "/jwks")]);

        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/languages", Tokens.Rs256(Tokens.Claims()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/languages", Tokens.Es256(Tokens.Claims()))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/api/languages", Tokens.Rs256(Tokens.Claims(), """{"alg":"RS256","kid":"for-encryption"}"""))).Status);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Keys_AddressDoesNotAnswer_TokensAreRefusedAndOthersServed()
    {
        await using ApiHost host = await ApiHost.StartWithKeysAsync(("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:Jwt:JwksUrl", "http://127.0.0.1:9/jwks"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/api/languages", Tokens.Rs256(Tokens.Claims()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/languages", ApiHost.ReaderKey)).Status);
    }

    [Fact]
    public async Task Keys_FromAFile_AreTaken()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Tokens.Jwks());
            await using ApiHost host = await ApiHost.StartAsync(null, [("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:Jwt:JwksFile", file)]);
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/languages", Tokens.Es256(Tokens.Claims()))).Status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Flip(string token, int index)
    {
        char[] characters = token.ToCharArray();
        characters[index] = characters[index] == 'A' ? 'B' : 'A';
        return new(characters);
    }
}
