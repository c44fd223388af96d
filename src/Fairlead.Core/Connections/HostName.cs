using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Fairlead.Core.Connections;

/// <summary>Host names as they are compared and connected to: ASCII, lower case, without a trailing dot.</summary>
public static class HostName
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789-._";

    /// <summary>
    /// Normalises a name or an address. International names become their ASCII form once, here; a name that turns
    /// into an address by that becomes the address, so the guard sees what would be connected to.
    /// </summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        var bare = text?.Trim('[', ']').TrimEnd('.') ?? "";
        if (IPAddress.TryParse(bare, out var address))
            host = address.ToString();
        else if (ToAscii(bare) is { } name && IsName(name))
            host = IPAddress.TryParse(name, out var hidden) ? hidden.ToString() : name;
        return host is not null;
    }

    /// <summary>As it stands in a URL: IPv6 in brackets.</summary>
    public static string InUrl(string host) => host.Contains(':') ? $"[{host}]" : host;

    private static string? ToAscii(string name)
    {
        try
        {
            return new IdnMapping { AllowUnassigned = false }
                .GetAscii(name)
                .ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 253
        && name.AsSpan().IndexOfAnyExcept(Letters) < 0
        && name.Split('.').All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-');
}
