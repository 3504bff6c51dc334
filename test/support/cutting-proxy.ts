import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import type { Scope } from './database.ts'

/** A way to the database that can be cut. */
export interface CuttingProxy {
  /** The address of the database, by way of the proxy. */
  readonly url: string
  /** Cuts every connection; new ones are refused until `heal`. */
  cut(): void
  heal(): void
  /** Cuts a connection in place of passing on the piece with this number that its client sends from now on. */
  cutAtPiece(count: number | undefined): void
  /** Pieces that clients have sent since `cutAtPiece`. */
  pieces(): number
}

/** Starts a TCP proxy before the server of a PostgreSQL URL. */
export async function cuttingProxy(t: Scope, url: string): Promise<CuttingProxy> {
  const target = new URL(url)
  const open = new Set<Socket>()
  let isCut = false
  let cutAt: number | undefined
  let pieces = 0
  const server = createServer((inside) => {
    if (isCut) return void inside.destroy()
    const outside = dial(Number(target.port), target.hostname)
    for (const socket of [inside, outside]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        open.delete(socket)
        inside.destroy()
        outside.destroy()
      })
    }
    inside.on('data', (piece) => {
      pieces += 1
      if (pieces === cutAt) return void inside.destroy()
      outside.write(piece)
    })
    outside.on('data', (piece) => inside.write(piece))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  t.teardown(async () => {
    cut()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: through.href,
    cut,
    heal: () => {
      isCut = false
    },
    cutAtPiece: (count) => {
      pieces = 0
      cutAt = count
    },
    pieces: () => pieces,
  }
}
