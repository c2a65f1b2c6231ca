using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Commands;

/// <summary>The options that say which server is asked, and how. Names have a prefix where a command asks two servers.</summary>
internal sealed class ServerOptions
{
    private const string DefaultKey = "OPENAI_API_KEY";

    private readonly Option<string> _url;
    private readonly Option<string[]> _models;
    private readonly Option<string[]> _keys;

    public ServerOptions(string prefix = "", string which = "the server")
    {
        _url = new Option<string>($"--{prefix}url")
        {
            Description = $"Base address of {which}, with /v1.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://localhost:8000/v1",
        };
        _url.Validators.Add(result =>
        {
            if (Address(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError($"--{prefix}url must be an http or https address without user and password.");
            }
        });
        _models = new Option<string[]>($"--{prefix}model")
        {
            Description = $"Model to ask of {which}, with an optional weight; may be repeated. Default: the scenario's, else the server's only one.",
            HelpName = "NAME[=WEIGHT]",
            DefaultValueFactory = _ => [],
        };
        _models.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => Model(token.Value) is null))
            {
                result.AddError($"--{prefix}model must be NAME or NAME=WEIGHT with a weight above 0.");
            }
        });
        _keys = new Option<string[]>($"--{prefix}api-key-env")
        {
            Description = $"Environment variable with an API key for {which}; may be repeated: sessions take the keys by turns. Default: {DefaultKey}, where it is set.",
            HelpName = "VARIABLE",
            DefaultValueFactory = _ => [],
        };
        _keys.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(token.Value))))
            {
                result.AddError($"--{prefix}api-key-env: the environment variable {token.Value} is not set.");
            }
        });
    }

    public IEnumerable<Option> All => [_url, _models, _keys];

    public ServerTarget Server(ParseResult parsed)
    {
        string[] names = parsed.GetRequiredValue(_keys);
        string?[] keys = [.. (names.Length == 0 ? [DefaultKey] : names).Select(Environment.GetEnvironmentVariable)];
        return new ServerTarget(Address(parsed.GetRequiredValue(_url))!, [.. keys.OfType<string>().Where(key => key.Length > 0)]);
    }

    public IReadOnlyList<WeightedModel> Models(ParseResult parsed) => [.. parsed.GetRequiredValue(_models).Select(text => Model(text)!)];

    private static Uri? Address(string? text)
    {
        return Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address!.UserInfo.Length == 0
            ? address
            : null;
    }

    private static WeightedModel? Model(string text)
    {
        int cut = text.LastIndexOf('=');
        if (cut < 0)
        {
            return text.Length > 0 ? new WeightedModel(text, 1) : null;
        }

        return cut > 0 && double.TryParse(text[(cut + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight is > 0 and < 1e9
            ? new WeightedModel(text[..cut], weight)
            : null;
    }
}
