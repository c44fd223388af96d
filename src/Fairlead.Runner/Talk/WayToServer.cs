using System.Security.Cryptography;
using System.Text;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Talk;

/// <summary>The server as git sees it.</summary>
/// <param name="Address">As <see cref="JobAddress"/> has it.</param>
/// <param name="Token">The job's, which is all that opens the door.</param>
internal sealed record WayToServer(string Address, Secret Token)
{
    private readonly byte[] _mark = SHA256.HashData(Encoding.UTF8.GetBytes(Token.Reveal()));

    public GitCredential Key { get; } = new(null, Token, null, Static: false, null);

    public Failure? Told(string text) => DoorWords.Read(_mark, text) is { } problem ? JobFailures.From(problem) : null;
}
