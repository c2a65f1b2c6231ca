using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Hardening;

public sealed class HttpsTests
{
    [Fact]
    public async Task Https_OwnCertificateWithPassword_IsServedByConfiguration()
    {
        using var models = new ModelsFolder("alpha");
        using var certificate = CreateCertificate();
        var file = Path.Combine(models.Root, "server.pfx");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "secret-of-the-file"));

        await using var gateway = await StartAsync(models, $"Path={file}", "Password=secret-of-the-file");

        await AssertServesAsync(gateway, certificate);
        Assert.DoesNotContain("secret-of-the-file", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_PemFilesOfCertificateAndKey_AreServedByConfiguration()
    {
        using var models = new ModelsFolder("alpha");
        using var certificate = CreateCertificate();
        var (file, keyFile) = (Path.Combine(models.Root, "tls.crt"), Path.Combine(models.Root, "tls.key"));
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());

        await using var gateway = await StartAsync(models, $"Path={file}", $"KeyPath={keyFile}");

        await AssertServesAsync(gateway, certificate);
    }

    private static Task<GatewayProcess> StartAsync(ModelsFolder models, params string[] settings) => GatewayProcess.StartAsync(models.Arguments(
        ["--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0", .. settings.Select(setting => $"--Kestrel:Endpoints:Https:Certificate:{setting}")]));

    private static async Task AssertServesAsync(GatewayProcess gateway, X509Certificate2 certificate)
    {
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler) { BaseAddress = gateway.Client.BaseAddress };

        using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("https", gateway.Client.BaseAddress!.Scheme);
        Assert.Equal("max-age=31536000", response.Header("Strict-Transport-Security"));
        var (healthy, answer) = await GatewayProcess.RunToEndAsync("health", "live", $"--Kestrel:Endpoints:Https:Url={gateway.Client.BaseAddress}");
        Assert.True(healthy == 0, answer);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=inferserve-test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
