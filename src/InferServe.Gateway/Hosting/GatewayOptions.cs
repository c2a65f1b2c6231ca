using System.ComponentModel.DataAnnotations;
using InferServe.Contracts.Validation;

namespace InferServe.Gateway.Hosting;

/// <summary>Settings of the gateway itself.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>The models file. By default <c>models.json</c> of the current directory, else of the nearest folder above the program.</summary>
    public string? Models { get; set; }

    /// <summary>Whether a gateway without keys may listen on addresses that other machines reach. Default false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Read the models file again when it changes. Default true.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>Largest request body, in bytes, here and in the workers. Default 4 MiB.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxRequestBodyBytes { get; set; } = new RequestLimits().BodyBytes;

    /// <summary>Longest silence of a worker that answers, in seconds: above the time of its slowest step or longest queue. Default 3600.</summary>
    [Range(1, 86_400)]
    public int ActivityTimeoutSeconds { get; set; } = 3_600;

    /// <summary>How long running requests may go on after the gateway was told to stop, in seconds. Default 30.</summary>
    [Range(0, 3_600)]
    public int DrainSeconds { get; set; } = 30;
}
