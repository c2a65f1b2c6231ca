namespace InferServe.Gateway.Admin;

/// <summary>Sees every request to the administration, refused ones included. Register implementations as singletons in the gateway's services.</summary>
internal interface IAdminMiddleware
{
    Task InvokeAsync(HttpContext context, RequestDelegate next);
}
