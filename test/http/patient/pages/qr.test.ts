import t from 'tap'
import { render } from '../../../../src/http/pages/html.ts'
import { inGroups, qrCode } from '../../../../src/http/pages/qr.ts'
import { scanQr } from '../../../support/scan-qr.ts'

t.test('a scanner reads from the picture what was put into it', async (t) => {
  for (const text of [
    '0',
    'EGHH53FP23HHEHSN79HGCNXNTV',
    'https://hub.example/p/_PSbfOwgyLqWT7g4O0t8GFRWYcx7-Xxe',
  ]) {
    t.equal(scanQr(render(qrCode(text, '取药码二维码'))), text)
  }
})

t.test('the symbol has its quiet zone, and a damaged module does not spoil it', async (t) => {
  const picture = render(qrCode('EGHH53FP23HHEHSN79HGCNXNTV', 'x'))
  const dark = [...picture.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map(([, x, y, run]) => [x, y, run].map(Number))
  const side = Number(/viewBox="0 0 (\d+)/.exec(picture)?.[1])
  t.ok(dark.every(([x = 0, y = 0, run = 0]) => x >= 4 && y >= 4 && x + run <= side - 4 && y < side - 4))
  const [x, y] = dark[Math.floor(dark.length / 2)]!
  const scratched = picture.replace(new RegExp(`M${x} ${y}h(\\d+)v1h-\\1z`), '')
  t.not(scratched, picture)
  t.equal(scanQr(scratched), 'EGHH53FP23HHEHSN79HGCNXNTV')
})

t.test('a code is read out in groups of four', async (t) => {
  t.equal(inGroups('EGHH53FP23HHEHSN79HGCNXNTV'), 'EGHH 53FP 23HH EHSN 79HG CNXN TV')
})
