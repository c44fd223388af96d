using Fairlead.Bench;

return args switch
{
    ["seed", var data, var keyFile] => await Seed.Run(data, keyFile),
    ["polls", var data, var keyFile, var url, var count] => await SeedPolls.Run(data, keyFile, url, int.Parse(count)),
    ["floor", var port, var secret] => await Floor.Run(int.Parse(port), secret),
    _ => 64,
};
