-- One signed push, each time under another delivery id, to whatever receiver is given.
local body = io.open(os.getenv("BENCH_BODY"), "rb"):read("*a")
local head = {
  ["Content-Type"] = "application/json",
  ["User-Agent"] = "GitHub-Hookshot/bench",
  ["X-GitHub-Event"] = "push",
  ["X-Hub-Signature-256"] = os.getenv("BENCH_SIGNATURE"),
}
local path, run, n = os.getenv("BENCH_PATH"), os.getenv("BENCH_RUN"), 0
request = function()
  n = n + 1
  head["X-GitHub-Delivery"] = run .. "-" .. n
  return wrk.format("POST", path, head, body)
end
done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status + summary.errors.timeout))
end
