import type { Fields } from '../../../domain/text/form-text.ts'
import type { CounterView } from '../../../usecases/pharmacy/counter-view.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { button, checkbox, field, notice, radios, selectField, textField } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { hidden } from '../counter.ts'
import { optionsOf } from '../fault-words.ts'
import { yuanText } from '../price-text.ts'
import { buyerFields } from './buyer-fields.ts'
import { amountFields, batchFields, type LineShown } from './line-fields.ts'

/** What a form is made for: the prescription, who fills it in, and what stood in it before. */
export interface Work {
  readonly view: CounterView
  readonly person: StaffPerson
  readonly typed: Fields
}

/** The address of something that is done with the prescription. */
export function actionOf({ view }: Work, verb: string): string {
  return `/counter/prescriptions/${view.dossier.prescriptionNo}/${verb}`
}

/** What is given out for the money before the medicine. */
const ISSUED = [
  { value: 'receipt', name: '专用收据' },
  { value: 'fee-list', name: '费用清单' },
  { value: 'fee-seal', name: '收费专用章' },
]

const NOT_A_PHARMACIST = notice('此步须由执业药师登录办理。', 'soon')

/** To take what waits. */
export function takeCard(work: Work): Html {
  return html`<section class="card"><h2>接单</h2><p>接单后本店独占此处方，其他药店不能接单。</p><form method="post" action="${actionOf(work, 'take')}">${hidden(work.person)}${button({ label: '接单', key: 'F8' })}</form></section>`
}

/** The pharmacist's review, with the buyer when he is there. */
export function reviewCard(work: Work): Html {
  const { person, typed } = work
  if (person.practitionerId === undefined)
    return html`<section class="card"><h2>药师审方</h2>${NOT_A_PHARMACIST}</section>`
  return html`<form class="card" method="post" action="${actionOf(work, 'review')}">${hidden(person)}<h2>药师审方</h2>
<h3>核对购药人</h3>${buyerFields(typed)}
<h3>审方结论</h3>
${textField({ name: 'opinion', label: '审方意见', hint: '医院可见；不通过时请说明', value: typed['opinion'], rows: 2, maxlength: 1000 })}
<div class="actions">${button({ label: '审方通过', key: 'F8', name: 'decision', value: 'approve' })}</div>
<div class="row">${selectField({ name: 'reason', label: '不通过原因', options: optionsOf('review-refusal-reasons'), empty: '请选择', value: typed['reason'] })}${button({ label: '审方不通过', kind: 'danger', name: 'decision', value: 'refuse' })}</div>
<p class="hint">审方不通过即终止这张处方，不能撤回。</p></form>`
}

/** Who buys, when it is somebody else than was checked, or nobody was yet. */
export function buyerCard(work: Work): Html {
  const { view, person, typed } = work
  const { buyer } = view
  const words =
    buyer === undefined
      ? '尚未核对'
      : `${buyer.relation === 'patient' ? '患者本人' : '代办人'}${buyer.identityChecked ? '，已核对身份' : '，未核对身份'}`
  if (person.practitionerId === undefined)
    return html`<section class="card"><h2>购药人</h2><p>${words}</p></section>`
  return html`<section class="card"><h2>购药人</h2><p>${words}</p><details${buyer === undefined ? html` open` : undefined}><summary>${buyer === undefined ? '核对购药人' : '换人时重新核对'}</summary><form method="post" action="${actionOf(work, 'buyer')}" class="stack">${hidden(person)}${buyerFields(typed)}<p>${button({ label: '记录购药人', kind: 'quiet' })}</p></form></details></section>`
}

/** Quantities, prices and, where they are at hand, the packs; to be quoted and settled. */
export function supplyCard(work: Work): Html {
  const { person, typed } = work
  return html`<form class="card" method="post" action="${actionOf(work, 'settlement')}">${hidden(person)}<h2>结算</h2>
${linesOf(work).map((line) => html`<fieldset class="stack"><legend>${line.name}</legend><div class="grid">${amountFields(line, typed)}</div><details${hasPacks(line, typed) ? html` open` : undefined}><summary>先扫追溯码（避免结算后发现药盒已售出）</summary>${batchFields(line, typed, false)}</details></fieldset>`)}
<div class="actions">${button({ label: '预结算', kind: 'quiet', key: 'F7', action: actionOf(work, 'quote') })}${button({ label: '申请结算', key: 'F8' })}</div></form>`
}

/** While the answer is out. */
export function settlingCard(work: Work): Html {
  const address = `/counter/prescriptions/${work.view.dossier.prescriptionNo}`
  return html`<section class="card" data-live="${address}"><h2>结算中</h2><p role="status">正在办理医保结算，一般几秒钟。结果出来后本页会更新。</p><p><a class="button quiet" href="${address}">刷新</a></p></section>
<section class="card"><details${work.typed['reason'] === undefined ? undefined : html` open`}><summary>结算迟迟没有结果</summary><form method="post" action="${actionOf(work, 'defer')}" class="row">${hidden(work.person)}${selectField({ name: 'reason', label: '转手工报销原因', options: optionsOf('defer-reasons') })}${button({ label: '收全款交付，转手工报销', kind: 'danger' })}</form></details></section>`
}

/** What leaves the counter: batches, packs, signature, delivery. */
export function handOverCard(work: Work): Html {
  const { view, person, typed } = work
  if (person.practitionerId === undefined)
    return html`<section class="card"><h2>交付</h2>${NOT_A_PHARMACIST}</section>`
  const isSettled = view.dossier.state === 'settled'
  return html`<form class="card" method="post" action="${actionOf(work, 'hand-over')}">${hidden(person)}<h2>交付</h2>
${settledLines(work).map((line) => html`<fieldset class="stack"><legend>${line.name} × ${line.defaults['quantity']} ${line.unit}</legend>${batchFields(line, typed, true)}</fieldset>`)}
<h3>签字和交代</h3>
${isSettled ? field({ name: 'statement-signature', label: '结算单签字编号', hint: '患者或代办人签字的结算单', value: typed['statement-signature'], maxlength: 100 }) : undefined}
<fieldset><legend>已开具并交给患者</legend><div class="choices">${ISSUED.map(({ value, name }) => checkbox({ name: `issued-${value}`, label: name, isChecked: typed[`issued-${value}`] === 'yes' }))}</div></fieldset>
${checkbox({ name: 'advice', label: '已交代用法和储存', isChecked: typed['advice'] === 'yes' })}
${radios(
  '交付方式',
  'way',
  [
    { value: 'counter', name: '到店自取' },
    { value: 'home', name: '配送到家' },
    { value: 'hospital', name: '送到医院' },
  ],
  typed['way'] ?? 'counter',
)}
${selectField({
  name: 'cold-chain',
  label: '冷链措施',
  empty: '无需冷链',
  value: typed['cold-chain'],
  options: [
    { value: 'ice-pack', name: '冰袋随药' },
    { value: 'cold-delivery', name: '冷链配送' },
  ],
})}
<details${isDelivery(typed) ? html` open` : undefined}><summary>配送：签收人和费用</summary><div class="stack">${field({ name: 'fee', label: '配送费（元）', inputmode: 'decimal', value: typed['fee'] })}${buyerFields(typed, true)}${field({ name: 'receipt-signature', label: '签收编号', value: typed['receipt-signature'], maxlength: 100 })}</div></details>
<p>${button({ label: '确认交付', key: 'F8' })}</p></form>`
}

/** Ways back before the goods have left: give the prescription back, hold on, take the settlement back. */
export function waysBackCard(work: Work): Html | undefined {
  const { person, typed, view } = work
  const { state } = view.dossier
  if (state === 'held' || state === 'reviewed')
    return html`<section class="card"><h2>退回或续锁</h2><div class="actions"><form method="post" action="${actionOf(work, 'renew')}">${hidden(person)}${button({ label: '续锁', kind: 'quiet' })}</form></div><form method="post" action="${actionOf(work, 'release')}" class="row">${hidden(person)}${selectField({ name: 'reason', idPrefix: 'release', label: '退回原因', options: optionsOf('release-reasons'), empty: '请选择' })}${button({ label: '退回处方', kind: 'danger' })}</form></section>`
  if (state !== 'settled' && state !== 'deferred') return undefined
  return html`<section class="card"><details${typed['reason'] === undefined ? undefined : html` open`}><summary>不交付了：冲正结算</summary><form method="post" action="${actionOf(work, 'reverse')}" class="stack">${hidden(person)}${selectField({ name: 'reason', idPrefix: 'reverse', label: '冲正原因', options: optionsOf('reverse-reasons'), empty: '请选择' })}${checkbox({ name: 'patient-paid', label: '患者已付个人部分，须退还' })}<p>${button({ label: '冲正结算', kind: 'danger' })}</p></form></details></section>`
}

/** What comes back after it was handed over. */
export function returnCard(work: Work): Html | undefined {
  const { person, typed, view } = work
  const { dispense, state } = view.dossier
  if (dispense?.handedOverAt === undefined || state === 'returned') return undefined
  return html`<section class="card"><details${typed['reason'] === undefined ? undefined : html` open`}><summary>退药</summary><form method="post" action="${actionOf(work, 'return')}" class="stack">${hidden(person)}
${settledLines(work).map(({ lineNo, name, unit, defaults }) => html`<fieldset class="stack"><legend>${name} × ${defaults['quantity']} ${unit}</legend>${checkbox({ name: `back-${lineNo}`, label: '退回', isChecked: typed[`back-${lineNo}`] === 'yes' })}<div class="grid">${field({ name: `quantity-${lineNo}`, idPrefix: 'return', label: `退回数量（${unit}）`, hint: '空着为全部', value: typed[`quantity-${lineNo}`], inputmode: 'decimal' })}${textField({ name: `codes-${lineNo}`, idPrefix: 'return', label: '退回药盒的追溯码', hint: '部分退回时扫描', value: typed[`codes-${lineNo}`], isScan: true, rows: 2 })}</div></fieldset>`)}
${selectField({ name: 'reason', idPrefix: 'return', label: '退药原因', options: optionsOf('return-reasons'), empty: '请选择', value: typed['reason'] })}
${radios(
  '药盒状态',
  'packs',
  [
    { value: 'intact', name: '未拆封' },
    { value: 'opened', name: '已拆封（不再销售）' },
  ],
  typed['packs'] ?? 'intact',
)}
${checkbox({ name: 'patient-paid', label: '患者已付个人部分，须退还', isChecked: typed['reason'] === undefined || typed['patient-paid'] === 'yes' })}
<p>${button({ label: '办理退药', kind: 'danger' })}</p></form></details></section>`
}

/** The lines that something is left of, with what the pharmacy reported as price. */
function linesOf({ view }: Work): LineShown[] {
  const { lines, packs = [] } = view.dossier
  return lines
    .filter(({ remaining }) => remaining !== '0')
    .map(({ lineNo, drugCode, genericName, specification, unit, remaining }) => {
      const price = view.prices.get(drugCode)
      const needed = packs.find((each) => each.lineNo === lineNo)
      return {
        lineNo,
        unit,
        name: `${genericName ?? drugCode} ${specification ?? ''}`,
        defaults: { quantity: remaining, ...(price === undefined ? {} : { price: yuanText(price) }) },
        packs: needed?.count,
        hasNoCodes: needed?.traceCodes === 'none',
      }
    })
}

/** The lines of the supply under way, or of the newest one, with what is known of their batches. */
function settledLines({ view }: Work): LineShown[] {
  const { dispense, lines, packs = [] } = view.dossier
  const numbers = [...new Set((dispense?.lines ?? []).map(({ lineNo }) => lineNo))]
  return numbers.map((lineNo) => {
    const own = dispense!.lines.filter((line) => line.lineNo === lineNo)
    const { drugCode, batchNo, expiresOn, quantity } = own[0]!
    const balance = lines.find((line) => line.lineNo === lineNo)
    const needed = packs.find((each) => each.lineNo === lineNo)
    return {
      lineNo,
      unit: balance?.unit ?? '',
      name: `${balance?.genericName ?? drugCode} ${balance?.specification ?? ''}`,
      defaults: { quantity, batch: batchNo ?? '', expires: expiresOn ?? '' },
      packs: needed?.count,
      hasNoCodes: needed?.traceCodes === 'none',
    }
  })
}

/** What is typed there stays in sight when it is refused. */
function isDelivery(typed: Fields): boolean {
  return (typed['way'] ?? 'counter') !== 'counter' || (typed['fee'] ?? '') !== ''
}

function hasPacks({ lineNo }: LineShown, typed: Fields): boolean {
  return ['batch', 'expires', 'codes', 'split-code', 'no-trace'].some(
    (name) => (typed[`${name}-${lineNo}`] ?? '') !== '',
  )
}
