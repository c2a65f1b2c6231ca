using System.Text.Json.Serialization;
using InferServe.Gateway.Health;
using InferServe.Gateway.Usage;

namespace InferServe.Gateway.Hosting;

/// <summary>Source-generated JSON of the gateway's own answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(UsageReport))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
