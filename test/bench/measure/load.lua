-- wrk: sends the request that the environment describes, and prints what it counted as one line of JSON.
wrk.method = os.getenv('BENCH_METHOD')
wrk.headers['content-type'] = 'application/json'
wrk.headers['if-none-match'] = os.getenv('BENCH_ETAG')
local file = io.open(os.getenv('BENCH_BODY'), 'r')
if wrk.method == 'POST' then wrk.body = file:read('*a') end
file:close()

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"bytes":%d,"ms":%f,"p50":%f,"p99":%f,"errors":%d}\n',
    summary.requests, summary.bytes, summary.duration / 1000, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
