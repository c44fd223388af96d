using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Fairlead.Server.Access;

/// <summary>
/// Identity's hasher (PBKDF2 with HMAC-SHA-512), which also takes its time for people who do not exist.
/// </summary>
/// <param name="iterations">What OWASP asks for, unless a test is in a hurry.</param>
internal sealed class Passwords(int iterations = Passwords.Iterations)
{
    private const int Iterations = 210_000;

    private readonly PasswordHasher<PersonRow> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = iterations })
    );

    private string Nobody => field ??= Hash(RandomText.Make());

    // The hasher never looks at the person.
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <param name="hash">Null compares with a hash nobody knows the password of, for the time it takes.</param>
    public bool Matches(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(null!, hash ?? Nobody, password);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }
}
