/**
 * The operations of the bus as Lua, each atomic in Redis. They are the methods of RegionStore and LeaseTable once more, and the bus'
 * conformance suite holds both to the same. KEYS[1] is the world's prefix, whose braces keep all its keys on one node; times are Redis' own.
 *
 * A restart is noticed by Redis' run id: for one lease's time nobody new gets a region then, because writes may have been lost.
 */
const PRELUDE = `
local P = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(n) return string.format('%.0f', n) end

local function grantOf(region)
  local g = redis.call('HMGET', P .. ':grant:' .. region, 'owner', 'epoch', 'previous', 'until')
  return { owner = g[1] or '', epoch = tonumber(g[2] or 0), previous = tonumber(g[3] or 0), till = tonumber(g[4] or 0) }
end

local function setGrant(region, owner, epoch, previous, till)
  redis.call('HSET', P .. ':grant:' .. region,
    'owner', owner, 'epoch', text(epoch), 'previous', text(previous), 'until', text(till))
  redis.call('SADD', P .. ':regions', region)
end

local function restarts(lease)
  local info = redis.call('INFO', 'server')
  local run = string.match(info, 'run_id:(%w+)')
  local known = redis.call('HMGET', P .. ':store', 'run', 'wait')
  if known[1] == run then return run, tonumber(known[2]) end
  local wait = now + lease
  if not known[1] then wait = wait - 1000 * tonumber(string.match(info, 'uptime_in_seconds:(%d+)')) end
  redis.call('HSET', P .. ':store', 'run', run, 'wait', text(wait))
  return run, wait
end

local function mayWrite(region, owner, epoch, lease)
  local g = grantOf(region)
  if epoch < g.epoch or (epoch == g.epoch and owner ~= g.owner) then return false end
  if epoch > g.epoch then setGrant(region, owner, epoch, epoch, now + lease) end
  return true
end

local function recordOf(id)
  local record = redis.call('HGET', P .. ':entities', id)
  if not record then return nil end
  local epoch, region = string.match(record, '(%d+) (%d+)')
  return tonumber(epoch), region
end

local function isSuperseded(id, epoch, region)
  local known, where = recordOf(id)
  return known and (known > epoch or (known == epoch and where ~= region))
end

local function raise(id, epoch, region)
  local known = recordOf(id)
  if not known or known < epoch then
    redis.call('HSET', P .. ':entities', id, text(epoch) .. ' ' .. region)
  end
end
`;

function script(body: string): string {
  return `${PRELUDE}${body}`;
}

export const SCRIPTS = {
  /** region, owner, known, lease, unit of epochs */
  acquire: script(`
local region, owner, known, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local run, wait = restarts(lease)
local g = grantOf(region)
local mine = g.owner == owner
if known > 0 and known < g.epoch and not (mine and known >= g.previous) then return { 'outdated', 0, run } end
local live = g.till > now
if now < wait then
  if known > 0 and (mine or not live or known > g.epoch) then
    setGrant(region, owner, math.max(known, g.epoch), known, wait + lease)
  end
  return { 'waiting', wait - now, run }
end
if live and not mine then return { 'held', g.till - now, run } end
local again = live and known <= g.epoch
local previous, epoch = g.previous, g.epoch
if not again then
  if mine and known > 0 then previous = known else previous = math.max(g.epoch, known) end
  epoch = math.max(g.epoch + 1, known + 1, math.floor(now / tonumber(ARGV[5])))
end
setGrant(region, owner, epoch, previous, now + lease)
return { 'granted', 0, run, text(epoch), text(previous) }
`),
  /** region, owner, epoch, lease */
  renew: script(`
local lease = tonumber(ARGV[4])
local run = restarts(lease)
if not mayWrite(ARGV[1], ARGV[2], tonumber(ARGV[3]), lease) then return { 'lost' } end
setGrant(ARGV[1], ARGV[2], tonumber(ARGV[3]), grantOf(ARGV[1]).previous, now + lease)
return { 'renewed', run }
`),
  /** region, owner, epoch */
  release: script(`
local g = grantOf(ARGV[1])
if g.owner ~= ARGV[2] or g.epoch ~= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', P .. ':grant:' .. ARGV[1], 'until', '0')
return 1
`),
  /** owner, lease, load or nothing */
  announce: script(`
local key = P .. ':processes'
if ARGV[3] == '' then
  redis.call('HDEL', key, ARGV[1])
else
  redis.call('HSET', key, ARGV[1], text(now + tonumber(ARGV[2])) .. ' ' .. ARGV[3])
end
local processes, regions = {}, {}
local known = redis.call('HGETALL', key)
for i = 1, #known, 2 do
  local till, load = string.match(known[i + 1], '(%d+) (%S+)')
  if tonumber(till) > now then processes[#processes + 1] = { known[i], load } else redis.call('HDEL', key, known[i]) end
end
for _, region in ipairs(redis.call('SMEMBERS', P .. ':regions')) do
  local g = grantOf(region)
  if g.till > now then regions[#regions + 1] = { region, g.owner } end
end
return { processes, regions }
`),
  /** owner */
  bury: script(`
redis.call('HDEL', P .. ':processes', ARGV[1])
local held = {}
for _, region in ipairs(redis.call('SMEMBERS', P .. ':regions')) do
  local g = grantOf(region)
  if g.owner == ARGV[1] and g.till > now then
    redis.call('HSET', P .. ':grant:' .. region, 'until', '0')
    held[#held + 1] = region
  end
end
return held
`),
  /** owner, lease, from, fromEpoch, to, toEpoch, hid, again, transfer, then id and epoch of each member */
  commit: script(`
local from, to, hid = ARGV[3], ARGV[5], ARGV[7]
local left = redis.call('HGET', P .. ':left:' .. from, hid)
if left == '' then return 'superseded' elseif left then return 'committed' end
if not mayWrite(from, ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[2])) then return 'fenced' end
if ARGV[8] ~= '1' then
  for i = 10, #ARGV, 2 do
    if isSuperseded(ARGV[i], tonumber(ARGV[i + 1]), from) then return 'superseded' end
  end
  local g = grantOf(to)
  if g.epoch ~= tonumber(ARGV[6]) or g.till <= now then return 'target-gone' end
end
local members = {}
for i = 10, #ARGV, 2 do
  raise(ARGV[i], tonumber(ARGV[i + 1]) + 1, to)
  members[#members + 1] = ARGV[i] .. ' ' .. ARGV[i + 1]
end
redis.call('HSET', P .. ':left:' .. from, hid, table.concat(members, ' '))
redis.call('HSET', P .. ':inbox:' .. to, hid, ARGV[9])
return 'committed'
`),
  /** owner, lease, from, fromEpoch, hid, then id and epoch of each member */
  settle: script(`
local from, hid = ARGV[3], ARGV[5]
local left = redis.call('HGET', P .. ':left:' .. from, hid)
if left == '' then return 'kept' elseif left then return 'committed' end
local _, wait = restarts(tonumber(ARGV[2]))
if now < wait then return 'waiting' end
if not mayWrite(from, ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[2])) then return 'fenced' end
for i = 6, #ARGV, 2 do
  if isSuperseded(ARGV[i], tonumber(ARGV[i + 1]), from) then return 'superseded' end
end
for i = 6, #ARGV, 2 do raise(ARGV[i], tonumber(ARGV[i + 1]) + 2, from) end
redis.call('HSET', P .. ':left:' .. from, hid, '')
return 'kept'
`),
  /** region, then id and epoch of each claim */
  reassert: script(`
local superseded = {}
for i = 2, #ARGV, 2 do
  local epoch = tonumber(ARGV[i + 1])
  local known, where = recordOf(ARGV[i])
  if known and where ~= ARGV[1] and known >= epoch then superseded[#superseded + 1] = ARGV[i] end
  if epoch > 1 then raise(ARGV[i], epoch, ARGV[1]) end
end
return superseded
`),
  /** region */
  inbox: script(`
local found = {}
local entries = redis.call('HVALS', P .. ':inbox:' .. ARGV[1])
for _, entry in ipairs(entries) do
  local superseded = {}
  for _, member in ipairs(cjson.decode(entry).members) do
    local id = text(member.id)
    if isSuperseded(id, member.epoch + 1, ARGV[1]) then superseded[#superseded + 1] = id end
  end
  found[#found + 1] = { entry, superseded }
end
return found
`),
  /** region, owner, epoch, lease, sequence, batch, count of arrivals, arrivals, then id and epoch of each that died */
  journal: script(`
local region, sequence = ARGV[1], tonumber(ARGV[5])
if not mayWrite(region, ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])) then return 'fenced' end
local written = tonumber(redis.call('HGET', P .. ':pages:' .. region, 'sequence') or 0)
if sequence > written + 1 then return 'gap' end
if sequence > written then
  redis.call('XADD', P .. ':journal:' .. region, ARGV[5] .. '-0', 'b', ARGV[6])
  redis.call('HSET', P .. ':pages:' .. region, 'sequence', ARGV[5])
end
local arrivals = tonumber(ARGV[7])
for i = 8, 7 + arrivals do redis.call('HDEL', P .. ':inbox:' .. region, ARGV[i]) end
for i = 8 + arrivals, #ARGV, 2 do
  local known = recordOf(ARGV[i])
  if known and known <= tonumber(ARGV[i + 1]) then redis.call('HDEL', P .. ':entities', ARGV[i]) end
end
return 'written'
`),
  /** region, owner, epoch, lease, tick, sequence, snapshot, then the handoffs that left */
  snapshot: script(`
local region, pages = ARGV[1], P .. ':pages:' .. ARGV[1]
if not mayWrite(region, ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])) then return 'fenced' end
local known = redis.call('HMGET', pages, 'epoch', 'tick', 'sequence')
if known[1] == ARGV[3] and tonumber(known[2]) > tonumber(ARGV[5]) then return 'outdated' end
local sequence = math.max(tonumber(known[3] or 0), tonumber(ARGV[6]))
redis.call('HSET', pages, 'epoch', ARGV[3], 'tick', ARGV[5], 'snapshot', ARGV[7], 'sequence', text(sequence))
redis.call('XTRIM', P .. ':journal:' .. region, 'MINID', text(tonumber(ARGV[6]) + 1) .. '-0')
for i = 8, #ARGV do redis.call('HDEL', P .. ':left:' .. region, ARGV[i]) end
return 'written'
`),
  /** region */
  load: script(`
local pages = redis.call('HMGET', P .. ':pages:' .. ARGV[1], 'snapshot', 'sequence')
local batches = {}
for _, entry in ipairs(redis.call('XRANGE', P .. ':journal:' .. ARGV[1], '-', '+')) do
  batches[#batches + 1] = entry[2][2]
end
return { pages[1] or '', pages[2] or '0', batches, redis.call('HVALS', P .. ':left:' .. ARGV[1]) }
`),
  /** ids */
  records: script(`
local found = {}
for i = 1, #ARGV do
  local epoch, region = recordOf(ARGV[i])
  if epoch then found[#found + 1] = ARGV[i] .. ' ' .. text(epoch) .. ' ' .. region end
end
return found
`),
} as const;

export type ScriptName = keyof typeof SCRIPTS;
