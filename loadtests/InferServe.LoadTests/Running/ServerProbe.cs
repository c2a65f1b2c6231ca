using System.Text.Json;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Randomness;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>Asks a server, before a run, which models it has and how many tokens it makes of words.</summary>
internal sealed class ServerProbe(HttpClient http, ServerTarget server, TimeProvider time)
{
    private const int FewWords = 16;
    private const int ManyWords = 96;

    /// <summary>The models of a run: the command line's, else the scenario's, else the server's only one.</summary>
    /// <exception cref="ServerException">The server cannot be asked, or has several.</exception>
    public async Task<IReadOnlyList<WeightedModel>> ModelsAsync(
        IReadOnlyList<WeightedModel> chosen, IReadOnlyList<WeightedModel> ofScenario, CancellationToken stop)
    {
        if (chosen.Count > 0 || ofScenario.Count > 0)
        {
            return chosen.Count > 0 ? chosen : ofScenario;
        }

        IReadOnlyList<string> served = await ServedAsync(stop).ConfigureAwait(false);
        return served.Count == 1
            ? [new WeightedModel(served[0], 1)]
            : throw new ServerException($"{server.Url} serves {served.Count} models ({string.Join(", ", served.Take(20))}); choose with --model");
    }

    /// <summary>Sends two short prompts to each model and draws the line from words to tokens.</summary>
    /// <exception cref="ServerException">A prompt is not answered; the message says why.</exception>
    public async Task<IReadOnlyDictionary<string, TokenScale>> ScalesAsync(RunSettings settings, CancellationToken stop)
    {
        var scales = new Dictionary<string, TokenScale>(StringComparer.Ordinal);
        foreach (WeightedModel model in settings.Models)
        {
            RequestRecord few = await AskAsync(settings, model.Name, FewWords, stop).ConfigureAwait(false);
            RequestRecord many = await AskAsync(settings, model.Name, ManyWords, stop).ConfigureAwait(false);
            scales[model.Name] = few.HasUsage && many.HasUsage
                ? TokenScale.Of(FewWords, few.PromptTokens, ManyWords, many.PromptTokens)
                : TokenScale.Assumed;
        }

        return scales;
    }

    private async Task<RequestRecord> AskAsync(RunSettings settings, string model, int words, CancellationToken stop)
    {
        Scenario scenario = settings.Scenario;
        var client = new StreamingClient(http, server, scenario, needsUsage: false);
        const int maxTokens = 4;
        string text = PromptWords.Create(SeededRandom.For(settings.Seed, "probe", words), words);
        RequestRecord record = await client.SendAsync(
            new OutgoingRequest
            {
                Session = 0,
                Model = model,
                Planned = 0,
                Body = RequestBody.Write(scenario, model, [new ChatMessage("user", text)], maxTokens, settings.WithUsage),
                MaxTokens = maxTokens,
                ApiKey = server.KeyFor(0),
            },
            new RunClock(time),
            stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();

        // A model may answer random words with nothing; that says nothing against the server.
        return record.Outcome == RequestOutcome.Completed || record.Error == ErrorNames.NoText
            ? record
            : throw new ServerException($"{server.Url} does not answer a first request to model '{model}': {record.Error}{Detail(record.ErrorDetail)}");
    }

    private async Task<IReadOnlyList<string>> ServedAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "models"))
        {
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        if (server.KeyFor(0) is { } key)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, stop).ConfigureAwait(false);
            string body = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new ServerException($"{request.RequestUri}: {ErrorNames.OfStatus((int)response.StatusCode, body)}{Detail(server.WithoutKeys(body))}");
            }

            using JsonDocument list = JsonDocument.Parse(body);
            return [.. list.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString() ?? "")];
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw new ServerException($"{request.RequestUri}: {problem.Message}");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ServerException($"{request.RequestUri}: the answer is not a list of models; name one with --model");
        }
    }

    private static string Detail(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $": {text[..Math.Min(text.Length, 500)].Trim()}";
}
