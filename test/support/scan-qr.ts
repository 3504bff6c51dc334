import jsqr from 'jsqr'

/** Pixels a module. */
const SCALE = 4

/**
 * What a scanner reads from a QR code that a page shows as inline SVG.
 *
 * The paths are painted as a browser would paint them, in their order, and the picture goes to a decoder that shares
 * nothing with the encoder of the page.
 *
 * @returns undefined when there is no code, or none that can be read
 */
export function scanQr(page: string): string | undefined {
  const [, side, shapes] = /<svg class="qr"[^>]*viewBox="0 0 (\d+) \1"[^>]*>(.*?)<\/svg>/s.exec(page) ?? []
  if (side === undefined || shapes === undefined) return undefined
  const pixels = Number(side) * SCALE
  const picture = new Uint8ClampedArray(pixels * pixels * 4).fill(127)
  for (const [, colour, path] of shapes.matchAll(/<path fill="(#\w+)" d="([^"]+)"\/>/g)) {
    for (const [, x, y, width, height] of path!.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-\3z/gi)) {
      fill(picture, pixels, [x, y, width, height].map(Number), colour === '#fff' ? 255 : 0)
    }
  }
  return jsqr.default(picture, pixels, pixels, { inversionAttempts: 'dontInvert' })?.data
}

function fill(picture: Uint8ClampedArray, pixels: number, area: readonly number[], grey: number): void {
  const [x = 0, y = 0, width = 0, height = 0] = area.map((modules) => modules * SCALE)
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      const at = (row * pixels + column) * 4
      picture.fill(grey, at, at + 3)
      picture[at + 3] = 255
    }
  }
}
