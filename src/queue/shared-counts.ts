import { Redis } from 'ioredis'

/** Milliseconds after which a count is given up: a limit is not worth waiting for. */
const ANSWER_MS = 100

/** Counts, and begins a window with the first. A count without an end, as a crash in between would leave it, gets one. */
const COUNT = `
local current = redis.call('INCR', KEYS[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  ttl = tonumber(ARGV[1])
end
return { current, ttl }
`

/** Counters on Redis that all processes have in common. */
export interface RedisCounts {
  /** Counts one more. @returns undefined while Redis doesn't answer */
  count(key: string, windowMs: number): Promise<{ current: number; ttl: number } | undefined>
  close(): void
}

/**
 * Opens counters for rate limits, which end with their window.
 *
 * @param prefix told apart from other hubs on the same server
 */
export function openRedisCounts(
  redisUrl: string,
  onError: (error: Error) => void,
  prefix = 'hub',
): RedisCounts {
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: ANSWER_MS,
  })
  redis.on('error', onError)
  redis.defineCommand('countInWindow', { numberOfKeys: 1, lua: COUNT })
  const counting = redis as Redis & {
    countInWindow(key: string, windowMs: number): Promise<[current: number, ttl: number]>
  }
  return {
    async count(key, windowMs) {
      if (redis.status !== 'ready') return undefined
      try {
        const [current, ttl] = await counting.countInWindow(`${prefix}-rate:${key}`, windowMs)
        return { current, ttl }
      } catch {
        // Lost in between: whoever asks counts for itself, and the connection reports its own trouble.
        return undefined
      }
    },
    close: () => redis.disconnect(),
  }
}
