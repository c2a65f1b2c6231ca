using System.Globalization;
using System.Text;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Startup;

/// <summary>Composes what the gateway prints when it is up.</summary>
internal static class BannerText
{
    public static string Compose(string version, IReadOnlyList<string> addresses, IReadOnlyList<ModelStatus> models)
    {
        var width = models.Max(model => model.Model.Name.Length);
        var address = ListenAddress.Callable(addresses.Count > 0 ? addresses[0] : "");
        var example = models.FirstOrDefault(model => model.IsReady) ?? models[0];
        var text = new StringBuilder();
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"InferServe {version} listens on {string.Join(", ", addresses)}").AppendLine();
        foreach (var model in models)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {model.Model.Name.PadRight(width)}  {Describe(model)}");
        }

        var question = $$"""{"model":"{{example.Model.Name}}","messages":[{"role":"user","content":"What is the capital of France?"}]}""";
        return text.AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"  curl {address}/v1/chat/completions -H 'Content-Type: application/json' \\")
            .AppendLine(CultureInfo.InvariantCulture, $"    -d '{question}'")
            .ToString();
    }

    private static string Describe(ModelStatus model) => model.IsReady
        ? string.Create(CultureInfo.InvariantCulture, $"ready, {model.ReadyWorkers} of {model.Model.Replicas} workers")
        : model.Describe();
}
