namespace InferServe.Gateway.Admin;

/// <summary>
/// A group of administration endpoints. Register an implementation as a singleton in the gateway's services; it takes what it needs in
/// its constructor, because handlers run in the administration's own small host, which has no other services.
/// </summary>
internal interface IAdminEndpoints
{
    /// <summary>Maps the endpoints; paths are below <c>/admin</c>, and the key is checked already.</summary>
    void Map(IEndpointRouteBuilder admin);
}
