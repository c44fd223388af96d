using System.Net.Http.Headers;
using System.Text;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.Http;

/// <summary>A name and a password as a header (RFC 7617), in UTF-8.</summary>
internal static class BasicLogin
{
    public static AuthenticationHeaderValue Of(string user, Secret password) =>
        new("Basic", Convert.ToBase64String([.. Encoding.UTF8.GetBytes(user), (byte)':', .. password.Bytes]));
}
