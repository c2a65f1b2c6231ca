using System.Net;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>The administration: apart from the public address, and only with its key.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task Status_WithKey_ListsWorkersAndIsNotOnThePublicAddress()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        await gateway.WaitUntilReadyAsync();

        var workers = (await admin.StatusAsync()).GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("id").GetString());
        using var elsewhere = await gateway.Client.GetAsync(new Uri("/admin/status", UriKind.Relative));

        Assert.Equal(["alpha-0", "alpha-1"], workers);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong-key-of-the-tests")]
    [InlineData("Basic " + AdminClient.Key)]
    public async Task Status_WithoutTheKey_Is401(string? authorization)
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/status");
        admin.Http.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await admin.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_api_key", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs a key", "--Admin:Listen=http://127.0.0.1:0")]
    [InlineData("at least 16 characters; it has 5", "--Admin:Listen=http://127.0.0.1:0", "--Admin:Key=short")]
    public async Task Start_KeyMissingOrShort_EndsWithTheReason(string reason, params string[] arguments)
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments(arguments));

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }
}
