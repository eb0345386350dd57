using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Contracts.Azurite;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Sending;

/// <summary>The real sender alone, and Azurite as it speaks HTTPS itself: with a certificate of an authority that only this test knows.</summary>
public sealed class SenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-sender-").FullName;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SealedEvents.KeyBytes);

    [SkippableFact]
    public async Task Send_OverHttps_EverythingIsThereAndTellsNothingToWhoHasNoKey()
    {
        (AzuriteProcess azurite, BlobClient blob) = await StartAsync();
        await using AzuriteProcess one = azurite;
        RunnerEvent[] said = [.. Enumerable.Range(2, 200).Select(number => new OutputEvent("run", "", OutputStream.Stdout, Encoding.UTF8.GetBytes($"plain text {number} {new string('x', 20_000)}")) { Sequence = number })];

        (int code, string words) = await SendAsync(Link(blob), Path.Combine(_folder, "authority.pem"), said);

        Assert.Equal((0, ""), (code, words));
        byte[] sent = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        Assert.True(sent.Length > 4_000_000);
        Assert.DoesNotContain("plain text"u8.ToArray().AsSpan(), sent.AsSpan());
        List<RunnerEvent> read = await SentEventReader.ReadAsync(new MemoryStream(sent), header => header == "the header" ? _key : [], CancellationToken.None).ToListAsync();
        Assert.Equal(said.Select(Text), read.Select(Text));
        sent[^1] ^= 1;
        await Assert.ThrowsAsync<InvalidDataException>(async () => await SentEventReader.ReadAsync(new MemoryStream(sent), _ => _key, CancellationToken.None).ToListAsync());
    }

    [SkippableFact]
    public async Task Send_ToSomebodyWhoseAuthorityIsNotTrusted_EndsWithoutAWordOfTheLink()
    {
        (AzuriteProcess azurite, BlobClient blob) = await StartAsync();
        await using AzuriteProcess one = azurite;

        (int code, string words) = await SendAsync(Link(blob), authority: null, [new OutputEvent("run", "", OutputStream.Stdout, new byte[20_000]) { Sequence = 2 }]);

        Assert.Equal(1, code);
        Assert.Contains("SecureConnectionError", words, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", words, StringComparison.Ordinal);
        Assert.False(await blob.ExistsAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(RunnerEvent said) => JsonSerializer.Serialize(said, ProtocolJson.Default.RunnerEvent);

    private JobLink Link(BlobClient blob)
        => new(blob.GenerateSasUri(BlobSasPermissions.Create | BlobSasPermissions.Add, TimeProvider.System.GetUtcNow().AddMinutes(5)).AbsoluteUri, "the header", _key);

    private async Task<(AzuriteProcess Azurite, BlobClient Blob)> StartAsync()
    {
        AzuriteProcess.SkipWithoutAzurite();
        Skip.If(OpenRunner.Obstacle is not null, OpenRunner.Obstacle);
        using RSA rootKey = RSA.Create(2048);
        using RSA key = RSA.Create(2048);
        CertificateRequest root = new("CN=an authority", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 authority = root.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        CertificateRequest request = new("CN=storage", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(authority, DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch.AddYears(99), [1]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "authority.pem"), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "storage.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "storage.key"), key.ExportPkcs8PrivateKeyPem());
        AzuriteProcess azurite = await AzuriteProcess.StartAsync(certificate: (Path.Combine(_folder, "storage.pem"), Path.Combine(_folder, "storage.key")));
        string thumbprint = certificate.Thumbprint;
        BlobClientOptions options = new() { Transport = new HttpClientTransport(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, theirs, _, _) => theirs?.Thumbprint == thumbprint }) };
        BlobContainerClient container = new(azurite.ConnectionString, "blobs", options);
        await container.CreateAsync();
        Assert.Equal("https", container.Uri.Scheme);
        return (azurite, container.GetBlobClient("sent/1"));
    }

    private static async Task<(int Code, string Words)> SendAsync(JobLink link, string? authority, RunnerEvent[] said)
    {
        ProcessStartInfo start = new(OpenRunner.SenderPath) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (authority is not null)
        {
            start.Environment["SSL_CERT_FILE"] = authority;
        }

        using Process sender = Process.Start(start)!;
        Task<string> words = sender.StandardError.ReadToEndAsync();
        Assert.Equal('r', sender.StandardOutput.Read());
        try
        {
            await sender.StandardInput.WriteAsync($"{link.Address}\n{link.Header}\n{Convert.ToBase64String(link.Key)}\n");
            foreach (RunnerEvent one in said)
            {
                await sender.StandardInput.WriteAsync(Text(one) + "\n");
            }

            sender.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before it was told all: its exit code says how.
        }

        await sender.WaitForExitAsync();
        return (sender.ExitCode, await words);
    }
}
