using System.Text.Json;
using CodeExec.Linux.Filters;

namespace CodeExec.Containers.Docker.Tests;

public sealed class SeccompProfileTests
{
    private static readonly JsonElement Profile = JsonSerializer.Deserialize<JsonElement>(SeccompProfile.Json);

    private static readonly IReadOnlyList<JsonElement> Rules = [.. Profile.GetProperty("syscalls").EnumerateArray()];

    [Fact]
    public void Json_RefusedCalls_AreAllInIt()
    {
        JsonElement outright = Rules.Single(rule => Names(rule).Contains("ptrace"));

        Assert.Equal(RefusedCalls.Names, Names(outright));
        Assert.Equal((1, false), (outright.GetProperty("errnoRet").GetInt32(), outright.TryGetProperty("args", out _)));
        Assert.Equal(38, Rules.Single(rule => Names(rule).Contains("clone3")).GetProperty("errnoRet").GetInt32());
    }

    /// <summary>Docker takes several comparisons of one argument as any of them: each refused value needs a rule of its own.</summary>
    [Fact]
    public void Json_SocketFamilies_RefusesAllButTheAllowed()
    {
        uint[] refused = [.. Rules.Where(rule => Names(rule).Contains("socket") && Operator(rule) == "SCMP_CMP_EQ").Select(Value)];

        Assert.Equal(Enumerable.Range(0, 17).Select(family => (uint)family).Except(RefusedCalls.AllowedFamilies), refused);
        Assert.Equal(16u, Value(Rules.Single(rule => Names(rule).Contains("socket") && Operator(rule) == "SCMP_CMP_GT")));
        Assert.All(Rules.Where(rule => rule.TryGetProperty("args", out _)), rule => Assert.Equal(1, rule.GetProperty("args").GetArrayLength()));
    }

    /// <summary>The kernel looks at 32 bits of them: bits above must not make a difference.</summary>
    [Theory]
    [InlineData("clone")]
    [InlineData("ioctl")]
    public void Json_FlagsAndRequests_AreComparedUnderAMask(string call)
        => Assert.All(Rules.Where(rule => Names(rule).Contains(call)), rule => Assert.Equal("SCMP_CMP_MASKED_EQ", Operator(rule)));

    [Fact]
    public void Json_NewNamespaces_EachFlagIsRefused()
        => Assert.Equal(RefusedCalls.NewNamespaces, Rules.Where(rule => Names(rule).Contains("clone")).Aggregate(0u, (flags, rule) => flags | Value(rule)));

    private static IEnumerable<string?> Names(JsonElement rule) => rule.GetProperty("names").EnumerateArray().Select(name => name.GetString());

    private static string? Operator(JsonElement rule) => rule.GetProperty("args")[0].GetProperty("op").GetString();

    private static uint Value(JsonElement rule) => rule.GetProperty("args")[0].GetProperty("value").GetUInt32();
}
