namespace InferServe.Gateway.Hosting;

/// <summary>Web pages of which other sites may call the gateway from a browser.</summary>
internal sealed class CrossOriginOptions
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://chat.example.org</c>, or <c>*</c> for all; none by default.</summary>
    public IList<string> Origins { get; } = [];
}
