using System.Text.Json;
using System.Text.RegularExpressions;
using InferServe.Gateway.Tenants;
using InferServe.IntegrationTests.Energy;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Serving;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Observability;

/// <summary>The metrics of a gateway with a real worker that has answered and refused something.</summary>
public sealed class MetricsFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metrics-").FullName;

    internal string Text { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var key = ApiKeyText.Create();
        var keys = Path.Combine(_folder, "keys.json");
        await File.WriteAllTextAsync(keys, $$"""{"keys":[{"name":"team-a","hash":"{{ApiKeyText.Format(ApiKeyText.Digest(key))}}"}]}""");
        using var energy = new EnergyCounters();
        await using var gateway = await GatewayProcess.StartAsync(
            new Dictionary<string, string> { ["Worker__PowercapFolder"] = energy.Folder },
            $"--Models={Path.Combine(Programs.Root, "models.json")}", $"--Tenants:Keys={keys}", $"--Usage:File={Path.Combine(_folder, "usage.db")}");
        await gateway.WaitUntilReadyAsync();
        using var answered = await gateway.SendAsync(key, $$"""{"model":"{{ServerFixture.Model}}","max_tokens":8,"messages":[{"role":"user","content":"Hello"}]}""");
        await answered.Content.ReadAsStringAsync();
        using var refused = await gateway.SendAsync("wrong");
        await gateway.WaitUntilAsync(async () =>
        {
            energy.Use(joules: 1);
            Text = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return Text.Contains("inferserve_key_requests_total{", StringComparison.Ordinal) && Text.Contains("inferserve_requests_total{", StringComparison.Ordinal)
                && Text.Contains("inferserve_energy_joules_total{", StringComparison.Ordinal);
        });
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>Dashboard, alerts and the documented list name nothing that does not exist.</summary>
public sealed partial class MetricsFilesTests(MetricsFixture fixture) : IClassFixture<MetricsFixture>
{
    /// <summary>Metrics that Prometheus itself adds to a scrape.</summary>
    private static readonly string[] OfPrometheus = ["up"];

    /// <summary>Names with their labels, of every sample.</summary>
    private readonly ILookup<string, string> _labels = fixture.Text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => (Name: line[..line.IndexOfAny(['{', ' '])], Line: line))
        .SelectMany(sample => LabelName().Matches(sample.Line).Select(match => match.Groups[1].Value).Append("").Select(label => (sample.Name, label)))
        .ToLookup(pair => pair.Name, pair => pair.label);

    [Fact]
    public void Dashboard_EveryQuery_NamesMetricsAndLabelsThatExist()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Programs.Root, "deploy", "grafana", "inferserve.json")));
        var queries = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!))
            .ToList();

        Assert.True(queries.Count > 25);
        Assert.All(queries, AssertExists);
    }

    [Fact]
    public void Alerts_EveryExpression_NamesMetricsAndLabelsThatExist()
    {
        var rules = File.ReadAllLines(Path.Combine(Programs.Root, "deploy", "prometheus", "inferserve.rules.yml"));
        var expressions = rules.Select(line => line.Trim()).Where(line => line.StartsWith("expr: ", StringComparison.Ordinal)).Select(line => line["expr: ".Length..]).ToList();

        Assert.Equal(rules.Count(line => line.Contains("- alert: ", StringComparison.Ordinal)), expressions.Count);
        Assert.All(expressions, AssertExists);
    }

    [Fact]
    public void Documentation_EveryMetric_Exists()
    {
        var rows = File.ReadAllLines(Path.Combine(Programs.Root, "docs", "observability.md"))
            .SkipWhile(line => line != "| kind | names |").TakeWhile(line => line.StartsWith('|')).Skip(2);
        var names = rows.SelectMany(row => Quoted().Matches(row.Split('|')[2])).Select(match => match.Groups[1].Value)
            .Where(name => name.Contains('_', StringComparison.Ordinal) && name is not "finish_reason").ToList();

        Assert.True(names.Count > 25);
        Assert.All(names, name => Assert.True(_labels.Contains($"inferserve_{name}") || _labels.Contains($"inferserve_{name}_bucket"), $"inferserve_{name} is not shown."));
        Assert.All(["num_requests_running", "num_requests_waiting", "kv_cache_usage_perc"], name => Assert.Contains("model_name", _labels[$"vllm:{name}"]));
        Assert.All(_labels.Where(metric => metric.Key.StartsWith("vllm:", StringComparison.Ordinal)), metric => Assert.Contains("worker", metric));
    }

    [Fact]
    public void EveryMetric_IsDocumented()
    {
        var page = File.ReadAllText(Path.Combine(Programs.Root, "docs", "observability.md"));
        var names = _labels.Select(metric => metric.Key).Where(name => name.StartsWith("inferserve_", StringComparison.Ordinal))
            .Select(name => HistogramSuffix().Replace(name["inferserve_".Length..], "")).ToHashSet();

        Assert.True(names.Count > 25);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private void AssertExists(string query)
    {
        var names = MetricName().Matches(query).Select(match => match.Value).Except(OfPrometheus).ToList();
        Assert.True(names.Count > 0 || query.StartsWith("up{", StringComparison.Ordinal), query);
        Assert.All(names, name => Assert.True(_labels.Contains(name), $"{name} of the query {query} is not shown."));
        foreach (var label in ByClause().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            Assert.All(names, name => Assert.Contains(label, _labels[name]));
        }

        foreach (Match selector in Selector().Matches(query))
        {
            Assert.All(SelectorLabel().Matches(selector.Groups[2].Value).Select(match => match.Groups[1].Value),
                label => Assert.Contains(label, _labels[selector.Groups[1].Value]));
        }
    }

    [GeneratedRegex(@"\b(?:inferserve|vllm|http|process|dotnet)[a-z_:]*_[a-z_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex(@"by \(([a-z_, ]+)\)")]
    private static partial Regex ByClause();

    [GeneratedRegex(@"\b((?:inferserve|http|process)_[a-z_]+)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex("([a-z_]+)=")]
    private static partial Regex SelectorLabel();

    [GeneratedRegex("[{,]([a-zA-Z_]+)=\"")]
    private static partial Regex LabelName();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();
}
