using Fairlead.Core.Providers;
using Fairlead.Tests.Contract.CodeHosts;
using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>What a person does in the console, from a code host to an image; steps wait for what pages say.</summary>
internal sealed class Walk(IPage page)
{
    public Task Press(string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    public Task See(string text) => page.Locator("main").GetByText(text).First.WaitForAsync();

    /// <summary>Allows hosts on the machine itself, by an administrator's rule.</summary>
    public async Task AllowLoopback()
    {
        await page.GotoAsync("/settings");
        await page.GetByText("Add a rule").ClickAsync();
        await page.GetByLabel("Host", new() { Exact = false }).FillAsync("127.0.0.1");
        await page.GetByLabel("May resolve to").FillAsync("127.0.0.0/8");
        await page.GetByLabel("Also by plain http").CheckAsync();
        await Press("Add the rule");
        await See("The rule counts from now on.");
    }

    /// <summary>Binds a host by pasting what its stage has, as connection <c>code</c>.</summary>
    public async Task Paste(HostStage stage)
    {
        await page.GotoAsync("/connections");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bind" }).First.ClickAsync();
        await page.Locator($"a.fl-pick[href$='kind={stage.Provider.Kind}']").ClickAsync();
        await page.Locator("[name=name]").FillAsync("Code");
        // What a choice hides can be typed once it is chosen.
        foreach (var field in stage.Provider.Fields.OrderBy(field => field.Kind != FieldKind.Choice))
        {
            var input = page.Locator($"[name='f.{field.Name}']");
            if (stage.Target.Secrets.TryGetValue(field.Name, out var secret))
                await input.FillAsync(secret.Reveal());
            else if (!stage.Target.Settings.TryGetValue(field.Name, out var setting))
                continue;
            else if (field.Kind == FieldKind.Choice)
                await input.SelectOptionAsync(setting);
            else
                await input.FillAsync(setting);
        }
        await Press("Bind and verify");
        await Reach("/connections/code");
    }

    /// <summary>An administrator enters the application that was registered at the host.</summary>
    public async Task Register(HostStage stage)
    {
        await page.GotoAsync("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Applications at hosts" }).ClickAsync();
        await page.Locator($"a[href$='add={stage.Provider.Kind}#add']").ClickAsync();
        var form = page.Locator("#add");
        var registered = stage.Door!.Register((await form.Locator(".fl-copy code").TextContentAsync())!);
        await form.Locator("[name='f.url']").FillAsync(stage.Target.Settings["url"]);
        await form.Locator("[name=clientId]").FillAsync(registered.ClientId);
        await form.Locator("[name=clientSecret]").FillAsync(registered.ClientSecret);
        await form.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await See("People can grant access there from now on.");
    }

    /// <summary>Binds a host by two clicks, the second on the host's page.</summary>
    public async Task Grant(HostStage stage)
    {
        await page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await Press("Authorise and bind");
        await Press("Allow");
        await See("Bound: access was granted at the host.");
    }

    /// <summary>Has the host make an App of <c>acme</c>; the browser is on the App's page then.</summary>
    public async Task MakeApp(HostStage stage, bool scripts = true)
    {
        await page.GotoAsync($"/connections/new?kind={stage.Provider.Kind}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make an App" }).ClickAsync();
        var form = page.Locator("#make");
        await form.Locator("[name='f.url']").FillAsync(stage.Target.Settings["url"]);
        await form.Locator("[name=organization]").FillAsync("acme");
        await Press("Make the App");
        if (!scripts)
            await Press("Go to http://127.0.0.1");
        await Press("Create GitHub App for acme");
        await See("The App is made, and its key is sealed.");
    }

    /// <summary>Binds a host by installing its App, from the App's page.</summary>
    public async Task InstallApp()
    {
        await See("Nowhere yet.");
        await Press("Install the App");
        await Press("Install");
        await See("Bound: the App is installed.");
    }

    /// <summary>Finds a repository in the host's list and makes the image <c>demo/app</c> of its main branch.</summary>
    public async Task MakeImage(string typed, string repository)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Repositories" }).ClickAsync();
        var filter = page.GetByPlaceholder("Parts of the name");
        await filter.FillAsync(typed);
        await filter.PressAsync("Enter");
        await Reach($"?q={typed}");
        await page.GetByRole(AriaRole.Link, new() { Name = repository, Exact = true }).ClickAsync();
        await page.Locator("[name=namespace]").FillAsync("demo");
        await page.Locator("[name=name]").FillAsync("app");
        await page.Locator("[name='rules[0].pattern']").FillAsync("main");
        await page.Locator("[name='rules[0].versions']").FillAsync("{branch}");
        await Press("Make the image");
        await Reach("/images/demo/app");
    }

    /// <summary>Deletes the image although it was built, which the page asks about once more.</summary>
    public async Task DeleteImage()
    {
        await page.GotoAsync("/images/demo/app/delete");
        await Press("Delete demo/app");
        await page.GetByLabel("Delete it all the same").CheckAsync();
        await Press("Delete demo/app");
        await Reach("/images");
        await See("demo/app is gone.");
    }

    /// <summary>Looks at a page again until it says something.</summary>
    public Task Comes(string path, string text) =>
        Eventually.True(
            $"{path} says {text}",
            async () =>
            {
                await page.GotoAsync(path);
                return await page.GetByText(text, new() { Exact = true }).CountAsync() > 0;
            },
            TimeSpan.FromSeconds(30)
        );

    /// <summary>Waits for the address alone: for elements of the new page each step waits by itself.</summary>
    private Task Reach(string end) =>
        Eventually.True($"the browser is at {end}", () => page.Url.EndsWith(end), TimeSpan.FromSeconds(15));
}
