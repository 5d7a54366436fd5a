-- wrk script: creates connections with two files each, in random iModels of a list. No two requests
-- of any thread or run name the same file.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local PAIRS = {}
for i = 0, 4095 do
  local high, low = math.floor(i / 64) + 1, i % 64 + 1
  PAIRS[i] = ALPHABET:sub(high, high) .. ALPHABET:sub(low, low)
end

-- An id has 43 characters of base64url. The first 22 encode the iTwin (and the first bits of the
-- file). The last one has only four significant bits, so it is one of A, E, I, ...
local ITWIN = "t5bDFuN4qUa9ojVw1E5FGt"
local FILE = '{"storageFileId":"' .. ITWIN .. '%s","connectorType":"MSTN"}'
local BODY = '{"displayName":"30","iModelId":"%s","authenticationType":"User","sourceFiles":['
  .. FILE .. "," .. FILE .. "]}"

local head, run, imodels, counter = "", "", {}, 0

function init(arguments)
  local seed = tonumber(os.getenv("SEED")) + number
  math.randomseed(seed)
  run = PAIRS[seed % 4096] .. PAIRS[math.floor(seed / 4096) % 4096]
  for imodel in io.lines(os.getenv("IMODELS")) do
    imodels[#imodels + 1] = imodel
  end
  -- All bodies have the same length, so the request head is formatted only once.
  local body = BODY:format(imodels[1], ("A"):rep(21), ("A"):rep(21))
  local headers = {
    ["Authorization"] = "Bearer " .. os.getenv("TOKEN"),
    ["Content-Type"] = "application/json",
  }
  head = wrk.format("POST", "/synchronization/imodels/storageconnections", headers, body)
  head = head:sub(1, #head - #body)
end

-- The first characters are random, so that the inserts hit all parts of the indexes. The run and the
-- counter make the id unique.
local function file()
  counter = counter + 1
  return PAIRS[math.random(0, 4095)] .. PAIRS[math.random(0, 4095)]
    .. PAIRS[math.random(0, 4095)] .. PAIRS[math.random(0, 4095)]
    .. run
    .. PAIRS[counter % 4096] .. PAIRS[math.floor(counter / 4096) % 4096] .. "AAAAA"
end

function request()
  return head .. BODY:format(imodels[math.random(#imodels)], file(), file())
end

function done(summary, latency)
  dofile(os.getenv("REPORT"))(summary, latency)
end
