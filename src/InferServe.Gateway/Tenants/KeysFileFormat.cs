using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>Names and limits of keys.json, said once. <c>keys.schema.json</c> repeats them for editors.</summary>
internal static class KeysFileFormat
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxKeys = 1_000;
    public const int MaxModels = 256;
    public const int MaxNameLength = 64;
    public const string NamePunctuation = "._@+-";

    public const string Schema = "$schema";
    public const string Keys = "keys";
    public const string Name = "name";
    public const string Hash = "hash";
    public const string Tenant = "tenant";
    public const string Models = "models";
    public const string SharedPrefixCache = "sharedPrefixCache";

    public static readonly IntegerProperty RequestsPerMinute = new("requestsPerMinute", 1, 1_000_000);
    public static readonly IntegerProperty TokensPerMinute = new("tokensPerMinute", 1, 1_000_000_000);
    public static readonly IntegerProperty ConcurrentRequests = new("concurrentRequests", 1, 100_000);
    public static readonly IntegerProperty Priority = new("priority", -1_000, 1_000);

    public static readonly IReadOnlyList<IntegerProperty> Integers = [RequestsPerMinute, TokensPerMinute, ConcurrentRequests, Priority];

    public static readonly IReadOnlyList<string> FileProperties = [Schema, Keys];

    public static readonly IReadOnlyList<string> KeyProperties =
        [Name, Hash, Tenant, Models, SharedPrefixCache, .. Integers.Select(integer => integer.Name)];
}
