import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SIGN_MESSAGE, VERIFY_SIGNED_MESSAGE } from './svs-message.ts'

/** What the simulated server can do. */
export interface SvsPowers {
  /** @returns undefined for a key that it does not hold, or another access code */
  sign(keyIndex: number, keyValue: string, value: Buffer): Promise<Buffer | undefined>
  /** @returns a code of annex D, 0 when the signature is right */
  verify(value: Buffer, signature: Buffer): Promise<number>
}

/** A running simulator, which may be told to misbehave. */
export interface SvsSimulator {
  readonly url: string
  mood: 'good' | 'silent' | 'broken' | 'json'
  /** How often it was asked, by path. */
  readonly asked: ReadonlyMap<string, number>
  close(): Promise<void>
}

const WRONG_KEY = 67_108_869
const WRONG_PARAMETER = 67_108_880

/** A signature server (GM/T 0029, annex C) for tests and trials, on a free port of this machine. */
export async function startSvsSimulator(powers: SvsPowers): Promise<SvsSimulator> {
  const asked = new Map<string, number>()
  const simulator = { mood: 'good' as SvsSimulator['mood'] }
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    asked.set(path, (asked.get(path) ?? 0) + 1)
    const members = await answerTo(powers, path, request)
    if (simulator.mood === 'silent') return
    if (simulator.mood === 'broken') return void response.writeHead(500).end('broken')
    const isJson = simulator.mood === 'json'
    response.writeHead(200, {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    })
    response.end(isJson ? JSON.stringify(members) : new URLSearchParams(members).toString())
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get mood() {
      return simulator.mood
    },
    set mood(mood) {
      simulator.mood = mood
    },
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function answerTo(
  powers: SvsPowers,
  path: string,
  request: IncomingMessage,
): Promise<Record<string, string>> {
  const form = new URLSearchParams((await buffer(request)).toString('utf8'))
  const bytes = (name: string) => Buffer.from(form.get(name) ?? '', 'base64')
  const value = bytes('inData')
  if (value.length !== Number(form.get('inDataLen'))) return { respValue: String(WRONG_PARAMETER) }
  if (path === VERIFY_SIGNED_MESSAGE)
    return { respValue: String(await powers.verify(value, bytes('signedMessage'))) }
  if (path !== SIGN_MESSAGE) return { respValue: String(WRONG_PARAMETER) }
  const signed = await powers.sign(Number(form.get('keyIndex')), form.get('keyValue') ?? '', value)
  return signed === undefined
    ? { respValue: String(WRONG_KEY) }
    : { respValue: '0', signedMessage: signed.toString('base64') }
}
