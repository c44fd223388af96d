using System.Text.Json;
using Fairlead.Core.Secrets;
using Fairlead.Runner.Images;

namespace Fairlead.Tests.Unit.Images;

/// <summary>What programs of the containers world read as their logins.</summary>
public sealed class LoginFileTests
{
    [Fact]
    public void Docker_Hub_goes_by_the_name_each_program_knows()
    {
        var file = SecretFiles.Logins([
            RegistryLogin.Basic(new RegistryKey("docker.io", "ada", new Secret("right"))),
            RegistryLogin.Basic(new RegistryKey("registry.example", "bob", new Secret("left"))),
        ]);

        var auths = JsonDocument.Parse(file).RootElement.GetProperty("auths");
        var told = auths
            .EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetProperty("auth").GetString());
        Assert.Equal(["docker.io", RegistryLogin.DockerHubToDocker, "registry.example"], told.Keys.Order());
        Assert.Equal(Convert.ToBase64String("ada:right"u8), told["docker.io"]);
        Assert.Equal(told["docker.io"], told[RegistryLogin.DockerHubToDocker]);
        Assert.Equal(Convert.ToBase64String("bob:left"u8), told["registry.example"]);
    }
}
