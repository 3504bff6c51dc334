import { create } from 'qrcode'
import { type Html, html, trusted } from './html.ts'

/** Light modules around the symbol, as the standard asks. */
const QUIET = 4

/**
 * A text as a QR code (ISO/IEC 18004), as one path of inline SVG: sharp at any size, printed or on a screen.
 *
 * @param label what a screen reader says instead
 */
export function qrCode(text: string, label: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!data[row * size + column]) continue
      let run = 1
      while (column + run < size && data[row * size + column + run]) run += 1
      path += `M${column + QUIET} ${row + QUIET}h${run}v1h-${run}z`
      column += run - 1
    }
  }
  const side = size + 2 * QUIET
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${trusted(path)}"/></svg>`
}

/** A code in groups of four, to be read out. */
export function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
