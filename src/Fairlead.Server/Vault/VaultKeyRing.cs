using System.Xml.Linq;
using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Fairlead.Server.Vault;

/// <summary>
/// Keeps the keys that sign the console's forms as sealed values: no second way to keep keys at rest, all servers of
/// one database share them, and rotating the vault's key covers them too.
/// </summary>
internal sealed class VaultKeyRing(IServiceScopeFactory scopes, SecretVault vault) : IXmlRepository
{
    private const string Owner = "console/forms";

    public static void Use(KeyManagementOptions keys, IServiceProvider services)
    {
        keys.XmlRepository = new VaultKeyRing(
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<SecretVault>()
        );
        keys.XmlEncryptor = new SealedByTheVault();
    }

    // The framework asks synchronously, about once a day.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
                var kept = await vault.Open(db, Owner, 1, CancellationToken.None);
                return kept.Values.Select(xml => XElement.Parse(xml.Reveal())).ToList();
            })
            .GetAwaiter()
            .GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var xml = new Secret(element.ToString(SaveOptions.DisableFormatting));
                var values = new Dictionary<string, Secret> { [friendlyName] = xml };
                await vault.Seal(db, Owner, 1, values, CancellationToken.None);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            })
            .GetAwaiter()
            .GetResult();

    /// <summary>The repository seals whole elements; this keeps the framework from thinking they lie open.</summary>
    private sealed class SealedByTheVault : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(plaintextElement, typeof(AsItIs));
    }

    /// <summary>The counterpart, made by the framework by its name.</summary>
    private sealed class AsItIs : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => encryptedElement;
    }
}
