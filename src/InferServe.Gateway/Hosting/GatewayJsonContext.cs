using System.Text.Json.Serialization;
using InferServe.Gateway.Health;

namespace InferServe.Gateway.Hosting;

/// <summary>Source-generated JSON of the gateway's own answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(VersionReport))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
