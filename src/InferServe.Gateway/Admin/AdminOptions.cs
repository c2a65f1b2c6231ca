using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Admin;

/// <summary>Where and for whom the administration listens. Off unless <see cref="Listen"/> is set.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>Address of the administration, such as <c>http://127.0.0.1:8001</c>; unset by default, which turns it off.</summary>
    [HttpAddress]
    public string? Listen { get; set; }

    /// <summary>The key that every request must carry as <c>Authorization: Bearer …</c>; at least 16 characters.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the key, instead of <see cref="Key"/>; white space around it does not count.</summary>
    public string? KeyFile { get; set; }
}
