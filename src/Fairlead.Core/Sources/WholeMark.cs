using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Core.Sources;

/// <summary>What is kept of an answer about refs and requests, to know the same answer again.</summary>
/// <param name="Refs">The mark of the refs by themselves: <see cref="RefList.Mark"/>.</param>
/// <param name="Requests">SHA-256 of the requests, in hexadecimal digits.</param>
public sealed record WholeMark(string Refs, string Requests)
{
    /// <summary>Null when there is none, or it is of refs alone.</summary>
    public static WholeMark? Parse(string? mark) =>
        mark?.Split('\n') is [var refs, var requests] ? new WholeMark(refs, requests) : null;

    /// <param name="requests">As the host lists them; in another order they count as others.</param>
    public static WholeMark Of(string refs, IReadOnlyList<OpenRequest> requests) =>
        new(refs, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', requests)))));

    public override string ToString() => $"{Refs}\n{Requests}";
}
