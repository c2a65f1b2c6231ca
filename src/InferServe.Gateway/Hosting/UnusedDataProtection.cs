using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace InferServe.Gateway.Hosting;

/// <summary>
/// The proxy brings data protection along for cookies that this gateway never sets. Its keys stay in memory instead of
/// being written to the user's home.
/// </summary>
internal static class UnusedDataProtection
{
    public static void AddUnusedDataProtection(this IServiceCollection services)
        => services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new MemoryRepository();
            options.XmlEncryptor = new NullXmlEncryptor();
        });

    private sealed class MemoryRepository : IXmlRepository
    {
        private readonly List<XElement> _elements = [];

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            lock (_elements)
            {
                return [.. _elements];
            }
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            lock (_elements)
            {
                _elements.Add(element);
            }
        }
    }
}
