using System.Runtime.Versioning;
using System.Security.Cryptography;
using CodeExec.Contracts.Secrets;
using CodeExec.Core.Secrets;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Secrets;

namespace CodeExec.Storage.Local.Tests.Secrets;

public sealed class SecretProtectorTests : SecretProtectorContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private DataFolder Folder => DataFolder.Open(_temporary.In("data"));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Protect_SameSecretTwice_LooksDifferent()
    {
        ISecretProtector protector = Make();

        Assert.NotEqual(protector.Protect("x"), protector.Protect("x"));
    }

    [Fact]
    public void Unprotect_OtherKey_IsRefused()
    {
        using SecretProtector other = new(RandomNumberGenerator.GetBytes(32));

        Assert.Throws<SecretUnreadableException>(() => other.Unprotect(Make().Protect("hunter2")));
    }

    [Fact]
    public void Unprotect_TextOfAnEarlierRelease_GivesTheSecret()
    {
        // Made by another program (Python's cryptography) with the key 0, 1, … 31: what was stored once must stay readable.
        using SecretProtector protector = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        Assert.Equal("hunter2", protector.Unprotect("v1.AAECAwQFBgcICQoLZMN3kGymQLoNn_6gsKlLSy93uG-gl_A"));
    }

    [Fact]
    public async Task Protect_ManyThreads_EachGetsItsOwn()
    {
        ISecretProtector protector = Make();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.Equal($"{thread}/{i}", protector.Unprotect(protector.Protect($"{thread}/{i}")));
            }
        })));
    }

    [Fact]
    public void Open_NoSetting_MakesAKeyOnceThatOnlyTheOwnerReads()
    {
        using SecretProtector first = SecretProtector.Open(new(), Folder);
        string text = first.Protect("hunter2");

        using SecretProtector second = SecretProtector.Open(new(), Folder);

        Assert.Equal("hunter2", second.Unprotect(text));
        Assert.Single(Directory.GetFiles(Folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.SecretsKeyFile));
        }
    }

    [Fact]
    public async Task Open_ManyAtOnce_AgreeOnOneKey()
    {
        DataFolder folder = Folder;
        SecretProtector[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SecretProtector.Open(new(), folder))));

        string text = all[0].Protect("x");

        Assert.All(all, protector => Assert.Equal("x", protector.Unprotect(text)));
        Assert.All(all, protector => protector.Dispose());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Open_Setting_NeedsNoFile()
    {
        using SecretProtector protector = SecretProtector.Open(new() { Key = Convert.ToBase64String(new byte[32]) }, Folder);

        Assert.Equal("x", protector.Unprotect(protector.Protect("x")));
        Assert.False(File.Exists(Folder.SecretsKeyFile));
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Open_WrongSetting_SaysWhatToDoAndDoesNotShowIt(string key)
    {
        SecretKeyException refused = Assert.Throws<SecretKeyException>(() => SecretProtector.Open(new() { Key = key }, Folder));

        Assert.Contains("openssl rand", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Open_KeyFileThatOthersCanRead_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        SecretProtector.Open(new(), Folder).Dispose();
        File.SetUnixFileMode(Folder.SecretsKeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<SecretKeyException>(() => SecretProtector.Open(new(), Folder)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_KeyFileIsALink_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        SecretProtector.Open(new(), Folder).Dispose();
        File.Move(Folder.SecretsKeyFile, _temporary.In("moved"));
        File.CreateSymbolicLink(Folder.SecretsKeyFile, _temporary.In("moved"));

        Assert.Throws<SecretKeyException>(() => SecretProtector.Open(new(), Folder));
    }

    [Fact]
    public void Open_DamagedKeyFile_SaysSoAndKeepsIt()
    {
        SecretProtector.Open(new(), Folder).Dispose();
        File.WriteAllText(Folder.SecretsKeyFile, "");

        Assert.Throws<SecretKeyException>(() => SecretProtector.Open(new(), Folder));

        Assert.Equal("", File.ReadAllText(Folder.SecretsKeyFile));
    }

    protected override ISecretProtector Make() => SecretProtector.Open(new() { Key = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()) }, Folder);
}
