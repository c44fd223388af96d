using Fairlead.Core.Masking;
using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Logs;

/// <summary>The secrets a job holds. Each is added before anything that has seen it can print.</summary>
internal sealed class JobMask
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _forms = [];
    private volatile SecretMasker _masker = SecretMasker.Nothing;

    public void Add(Secret secret, string? username = null)
    {
        if (secret.IsEmpty)
            return;
        lock (_gate)
        {
            _forms.AddRange(SecretForms.Of(secret, username));
            _masker = new SecretMasker(_forms);
        }
    }

    public string Apply(string text) => _masker.Mask(text);
}
