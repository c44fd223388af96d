using Fairlead.Server.Hosting;

return await CommandLine.Run(args);
