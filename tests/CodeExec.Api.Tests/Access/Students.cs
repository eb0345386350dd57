using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Access;

/// <summary>Tokens of two students, and a host that takes them beside an admin's key.</summary>
internal static class Students
{
    public static readonly string Ann = TokenOf("ann"), Bob = TokenOf("bob");

    public static Task<ApiHost> StartHostAsync() => ApiHost.StartAsync(null,
    [
        ("Auth:Keys:0:Name", "admin"), ("Auth:Keys:0:Key", ApiHost.AdminKey), ("Auth:Keys:0:Role", "admin"),
        ("Auth:Jwt:Issuer", Tokens.Issuer), ("Auth:Jwt:Audience", Tokens.Audience), ("Auth:Jwt:Keys:0:Algorithm", "HS256"), ("Auth:Jwt:Keys:0:Secret", Tokens.Secret),
    ]);

    private static string TokenOf(string name) => Tokens.Hs256(Tokens.Claims(("role", "student"), ("sub", name)));
}
