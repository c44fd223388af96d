using System.Net.Http.Headers;
using System.Text;

namespace Fairlead.Emulators.Hosting;

/// <summary>Reads <c>Authorization: Basic</c>.</summary>
internal static class BasicLogin
{
    public static (string User, string Password)? Of(HttpRequest request)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null
        )
            return null;
        var buffer = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, buffer, out var written))
            return null;
        var pair = Encoding.UTF8.GetString(buffer, 0, written).Split(':', 2);
        return pair.Length == 2 ? (pair[0], pair[1]) : null;
    }

    public static void Ask(HttpResponse response, string realm)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = $"Basic realm=\"{realm}\"";
    }
}
