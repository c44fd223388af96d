using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Fairlead.Server.Access;

/// <summary>
/// Identity's hasher (PBKDF2 with HMAC-SHA-512), which also takes its time for people who do not exist.
/// </summary>
internal sealed class Passwords
{
    private const int Iterations = 210_000;

    private readonly PasswordHasher<PersonRow> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations })
    );

    private readonly Lazy<string> _nobody;

    public Passwords() => _nobody = new(() => Hash(RandomText.Make()));

    // The hasher never looks at the person.
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <param name="hash">Null compares with a hash nobody knows the password of, for the time it takes.</param>
    public bool Matches(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(null!, hash ?? _nobody.Value, password);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }
}
