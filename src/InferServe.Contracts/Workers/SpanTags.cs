namespace InferServe.Contracts.Workers;

/// <summary>
/// Names of spans' attributes. Source: OpenTelemetry's semantic conventions for generative AI, <c>gen_ai.*</c>; what they have no name for begins
/// with <c>inferserve.</c>.
/// </summary>
public static class SpanTags
{
    public const string Provider = "inferserve";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ErrorType = "error.type";
    public const string StatusCode = "http.response.status_code";
    public const string RequestId = "inferserve.request_id";
    public const string Key = "inferserve.key";
    public const string Sample = "inferserve.sample";

    /// <summary>The operation behind a path, such as <c>chat</c>.</summary>
    public static string Operation(string path) => path switch
    {
        "/v1/completions" => "text_completion",
        "/v1/embeddings" => "embeddings",
        "/tokenize" or "/detokenize" or "/v1/rerank" => path[(path.LastIndexOf('/') + 1)..],
        _ => "chat",
    };
}
