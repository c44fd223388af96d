using Fairlead.Server.Hosting;

return await FairleadServer.Run(args);
