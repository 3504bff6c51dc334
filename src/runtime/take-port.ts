import { createServer } from 'node:net'
import { StartRefused } from '../start-refused.ts'

/** Why a port cannot be had, as one sentence. */
export function portRefused(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program: stop that one, or set PORT to another port (0 takes a free one).`,
    EACCES: `Port ${port} may not be used by this user: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: set HOST to one it has, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `The host name ${host} is unknown: set HOST to an address of this machine, such as 127.0.0.1.`,
  }
  const sentence = code === undefined ? undefined : sentences[code]
  return sentence === undefined ? error : new StartRefused(sentence, { cause: error })
}

/**
 * Tries the port before anything slow is started.
 *
 * @param port 0 for any
 * @returns the port, or a free one
 * @throws StartRefused when it cannot be had
 */
export async function takePort(host: string, port: number): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      const probe = createServer().once('error', reject)
      probe.listen(port, host, () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
      })
    })
  } catch (error) {
    throw portRefused(error, host, port)
  }
}
