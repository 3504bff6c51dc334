import QRCode from 'qrcode'
import { choicesIn, patientBrowser, pickupCodeIn } from './patient-browser.ts'
import { printRules } from './rules-of.ts'
import { expectThat, type OnTheWay, type Stage } from './stage.ts'

/** The patient opens the link, proves who he is, chooses a pharmacy. @returns the pick-up code */
export async function choose(
  stage: Stage,
  prescription: OnTheWay,
  pharmacyId: string,
  isTerminal: boolean,
): Promise<string> {
  const { print } = stage
  const { patientLink, document } = prescription
  const { idNumber } = document.patient
  print.step(
    `患者 ${document.patient.name} · Patient`,
    '打开短信中的链接，验证身份，选择药店',
    'Opens the link of the short message, proves identity, chooses a pharmacy',
  )
  print.fact(`链接 ${patientLink}`, `Second factor: ${idNumber.slice(-6)} (sample identity number)`)
  print.plain(
    `${await QRCode.toString(patientLink, isTerminal ? { type: 'terminal', small: true } : { type: 'utf8' })}\n`,
  )
  const browser = patientBrowser(patientLink)
  const gate = await browser.open()
  expectThat(!gate.includes(document.patient.name), 'the page names the patient before the second factor')
  const page = await browser.submit({ ending: idNumber.slice(-6) })
  expectThat(page.includes(document.lines[0]!.genericName), 'the page does not show the medicine')
  const forms = choicesIn(page)
  const form = forms.find(({ fields }) => fields['pharmacy'] === pharmacyId)
  expectThat(form !== undefined, `the page does not offer ${pharmacyId}`)
  print.fact(
    `页面列出 ${forms.length} 家定点药店：距离、库存、药费、预计自付`,
    'The page lists designated pharmacies with distance, stock, price and expected own payment',
  )
  const after = await browser.submit(form!.fields, form!.action)
  const code = pickupCodeIn(after)
  if (code === undefined) throw new Error('the page shows no pick-up code')
  printRules(print, stage.policy, 'choice', [])
  print.fact(`已选药店 ${pharmacyId}，取药码 ${code}`, 'Chosen; the page shows the pick-up code as a QR')
  return code
}
