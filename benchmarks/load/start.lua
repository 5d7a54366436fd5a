-- wrk script: starts runs of connections that have none. The connections are numbered as in
-- fill-runnable.sql, from FIRST; each thread has its own CHUNK of them.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local requests, index = {}, 0

function init(arguments)
  local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
  local chunk = tonumber(os.getenv("CHUNK"))
  local first = tonumber(os.getenv("FIRST")) + number * chunk
  local line = 0
  for path in io.lines(os.getenv("PATHS")) do
    line = line + 1
    if line > first and line <= first + chunk then
      requests[#requests + 1] = wrk.format("POST", path .. "/run", headers)
    end
  end
end

function request()
  index = index + 1
  return requests[index]
end

function done(summary, latency)
  dofile(os.getenv("REPORT"))(summary, latency)
end
