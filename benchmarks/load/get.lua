-- wrk script: sends GET requests for random paths of a list.

local requests = {}
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  math.randomseed(tonumber(os.getenv("SEED")) + number)
  local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
  for path in io.lines(os.getenv("PATHS")) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  dofile(os.getenv("REPORT"))(summary, latency)
end
