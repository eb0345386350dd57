using System.Net;
using CodeExec.Core.Callbacks;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Tests.Callbacks;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:1::1")]
    [InlineData("2001:db8::1")]
    public void Has_AddressOfOurOwnNetworks_IsNotPublic(string address) => Assert.False(PublicAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    public void Has_AddressOfTheInternet_IsPublic(string address) => Assert.True(PublicAddresses.Has(IPAddress.Parse(address)));

    [Fact]
    public void Has_AnyIPv4AddressInAnyDress_IsJudgedTheSame()
    {
        Random random = new(11);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bytes = new byte[4];
            random.NextBytes(bytes);
            IPAddress plain = new(bytes);
            bool expected = PublicAddresses.Has(plain);

            Assert.Equal(expected, PublicAddresses.Has(plain.MapToIPv6()));
            Assert.Equal(expected, PublicAddresses.Has(IPAddress.Parse($"64:ff9b::{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}")));
            Assert.False(PublicAddresses.Has(IPAddress.Parse($"2002:{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::1"))); // 6to4 carries any
        }
    }

    [Fact]
    public async Task ResolveAsync_NameThatMeansBoth_IsRefused()
    {
        AddressGuard guard = Guard();

        await Assert.ThrowsAsync<AddressRefusedException>(() => guard.ResolveAsync("trap.example", Means("1.1.1.1", "127.0.0.1"), CancellationToken.None));
        await Assert.ThrowsAsync<AddressRefusedException>(() => guard.ResolveAsync("none.example", Means(), CancellationToken.None));
        Assert.Equal([IPAddress.Parse("1.1.1.1")], await guard.ResolveAsync("good.example", Means("1.1.1.1"), CancellationToken.None));
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    public async Task ResolveAsync_AddressInAnySpelling_IsRefusedWithoutALookUp(string host)
        => await Assert.ThrowsAsync<AddressRefusedException>(() => Guard().ResolveAsync(host, (_, _) => throw new InvalidOperationException("looked up"), CancellationToken.None));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.2.2.3", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("grader.internal", "192.168.0.1", false)]
    public void Allows_WhatTheOperatorAllows_IsCalled(string allowed, string address, bool expected) => Assert.Equal(expected, Guard(allowed).Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task ResolveAsync_NameThatTheOperatorAllows_IsCalledWhereverItIs()
        => Assert.Single(await Guard("grader.internal").ResolveAsync("Grader.Internal", Means("192.168.0.1"), CancellationToken.None));

    private static AddressGuard Guard(params string[] allowed)
    {
        CallbackOptions options = new();
        foreach (string one in allowed)
        {
            options.Allow.Add(one);
        }

        return new AddressGuard(Options.Create(options));
    }

    private static Func<string, CancellationToken, Task<IPAddress[]>> Means(params string[] addresses) => (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);
}
