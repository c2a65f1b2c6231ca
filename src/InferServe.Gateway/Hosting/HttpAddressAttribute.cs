using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Hosting;

/// <summary>An address to listen at without encryption, such as <c>http://127.0.0.1:8001</c>; or none.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpAddressAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null or "" || (value is string text && IsHttp(text));

    public override string FormatErrorMessage(string name) =>
        $"{name} must be one address that begins with http://, such as http://127.0.0.1:8001; encryption ends in front of it.";

    private static bool IsHttp(string text)
    {
        try
        {
            return BindingAddress.Parse(text).Scheme == Uri.UriSchemeHttp && !text.Contains(';', StringComparison.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
