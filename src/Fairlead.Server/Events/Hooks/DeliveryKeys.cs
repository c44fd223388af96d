using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Server.Events.Hooks;

/// <summary>What makes two messages the same delivery: <see cref="DeliveryRow.Key"/>.</summary>
internal static class DeliveryKeys
{
    private const int LongestId = 200;

    /// <summary>Of the sender's id of the delivery.</summary>
    public static string OfId(string id) =>
        id.Length <= LongestId && IsPlain(id) ? $"id:{id}" : $"id-sha256:{Digest(Encoding.UTF8.GetBytes(id))}";

    /// <summary>No database and no list minds it.</summary>
    public static bool IsPlain(string text) => text.All(sign => char.IsAscii(sign) && !char.IsControl(sign));

    /// <summary>Of a delivery whose sender gave it no id.</summary>
    public static string OfBody(byte[] body) => $"sha256:{Digest(body)}";

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
