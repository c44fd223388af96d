using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers;

namespace Fairlead.Tests.Unit.Connections;

/// <summary>What the forms of the kinds accept, and that they say everything that is wrong at once.</summary>
public sealed class FormTests
{
    private const string Url = "https://git.example/app";

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var failure = Read("git-server", [], ("url", "https://h.example"), ("username", "a:b"), ("ca", "rubbish"));
        Assert.Equal(["ca", "password", "url", "username"], failure!.Parts.Select(part => part.Field).Order());
    }

    [Theory]
    [InlineData("auth", "key", "git.key-needs-ssh")]
    [InlineData("auth", "smoke", "input.choice")]
    [InlineData("layout", "many", "git.repository-name")]
    [InlineData("url", "ssh://git@git.example/app", "git.ssh-needs-key")]
    [InlineData("ca", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "reach.certificates-unreadable")]
    public void A_field_that_does_not_fit_is_named(string field, string value, string code)
    {
        var settings = new Dictionary<string, string>
        {
            ["url"] = Url,
            ["auth"] = "password",
            [field] = value,
        };
        var failure = Read("git-server", ["password"], [.. settings.Select(one => (one.Key, one.Value))])!;
        Assert.Contains(failure.Parts.Count > 0 ? failure.Parts : [failure], part => part.Code == code);
    }

    [Theory]
    [InlineData("registry.example", null)]
    [InlineData("https://registry.example:5000/", null)]
    [InlineData("", "oci.url-missing")]
    [InlineData("https://ada:pw@registry.example", "oci.url-credentials")]
    [InlineData("registry.example/team/app", "oci.url-path")]
    [InlineData("ftp://registry.example", "oci.url-unreadable")]
    [InlineData("registry .example", "oci.url-unreadable")]
    public void A_registry_is_a_host_and_a_port(string url, string? code) =>
        Assert.Equal(code, Read("image-registry", [], ("url", url))?.Code);

    [Fact]
    public void A_registrys_user_and_password_come_together()
    {
        Assert.Equal("oci.password-missing", Read("image-registry", [], ("url", "r.example"), ("username", "a"))!.Code);
        Assert.Equal("oci.username-missing", Read("image-registry", ["password"], ("url", "r.example"))!.Code);
    }

    private static Failure? Read(string kind, string[] secrets, params (string Name, string Value)[] settings)
    {
        var provider = Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(p => p.Kind == kind);
        var typed = settings.ToDictionary(field => field.Name, field => field.Value);
        return provider.Read(new FormInput(typed, secrets.ToHashSet())).Failure;
    }
}
