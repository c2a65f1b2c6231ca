using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Tenants;

/// <summary>Where keys come from, and what is assumed of requests until their answer is there.</summary>
internal sealed class TenantsOptions
{
    public const string Section = "Tenants";

    /// <summary>The keys file. By default <c>keys.json</c> beside the models file, if there is one.</summary>
    public string? Keys { get; set; }

    /// <summary>One key that may do everything, or its digest, for set-ups without a file; meant for the environment.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Pause between two looks at the keys file, in seconds. Default 1.</summary>
    [Range(0.05, 3_600)]
    public double ReloadSeconds { get; set; } = 1;

    /// <summary>Tokens that an answer without a limit of its own is expected to have while it runs. Default 256.</summary>
    [Range(0, 1_000_000)]
    public int ExpectedAnswerTokens { get; set; } = 256;
}
