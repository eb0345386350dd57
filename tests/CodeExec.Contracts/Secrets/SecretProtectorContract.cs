using CodeExec.Core.Secrets;

namespace CodeExec.Contracts.Secrets;

/// <summary>What every protector of secrets must do.</summary>
public abstract class SecretProtectorContract
{
    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("žluťoučký 日本 🎉 \0\n")]
    public void Unprotect_WhatWasProtected_GivesItBack(string secret)
    {
        ISecretProtector protector = Make();

        Assert.Equal(secret, protector.Unprotect(protector.Protect(secret)));
    }

    [Fact]
    public void Unprotect_LongSecret_GivesItBack()
    {
        ISecretProtector protector = Make();
        string secret = new('x', 100_000);

        Assert.Equal(secret, protector.Unprotect(protector.Protect(secret)));
    }

    [Fact]
    public void Protect_Secret_DoesNotShowIt() => Assert.DoesNotContain("hunter2", Make().Protect("hunter2"), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("v1.")]
    [InlineData("v1.AAAA")]
    [InlineData("v9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("plain:zz")]
    public void Unprotect_SomethingElse_IsRefused(string text) => Assert.Throws<SecretUnreadableException>(() => Make().Unprotect(text));

    [Fact]
    public void Unprotect_AnyCharacterChanged_IsRefused()
    {
        ISecretProtector protector = Make();
        string text = protector.Protect("hunter2");
        for (int i = 0; i < text.Length; i++)
        {
            string changed = text[..i] + (text[i] == '1' ? '2' : '1') + text[(i + 1)..];
            Assert.Throws<SecretUnreadableException>(() => protector.Unprotect(changed));
        }
    }

    protected abstract ISecretProtector Make();
}
