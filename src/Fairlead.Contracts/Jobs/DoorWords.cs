using System.Text.Json;

namespace Fairlead.Contracts.Jobs;

/// <summary>
/// How <c>/job/v1/git</c> tells a failure within Git's own protocol, where a host speaks, too: a mark that no host can
/// know, and then the problem.
/// </summary>
public static class DoorWords
{
    /// <param name="tokenHash">SHA-256 of the job token, which stays between server and runner.</param>
    /// <returns>One line of ASCII.</returns>
    public static string Write(byte[] tokenHash, Problem problem) =>
        Mark(tokenHash) + JsonSerializer.Serialize(problem, ContractsJson.Default.Problem);

    /// <summary>Null when somebody else said it.</summary>
    public static Problem? Read(byte[] tokenHash, string text)
    {
        var mark = Mark(tokenHash);
        if (!text.StartsWith(mark, StringComparison.Ordinal))
            return null;
        try
        {
            return JsonSerializer.Deserialize(text[mark.Length..], ContractsJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Mark(byte[] tokenHash) => $"fairlead {Convert.ToHexStringLower(tokenHash)} ";
}
