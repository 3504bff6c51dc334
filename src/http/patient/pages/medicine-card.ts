import type { PatientView, PrescribedLine } from '../../../usecases/patient/view-prescription.ts'
import { frequencyWords } from '../../pages/frequency-words.ts'
import { type Html, html } from '../../pages/html.ts'
import { dayWords, momentWords } from '../../pages/time-words.ts'
import { phoneLink } from './pickup-card.ts'

/** What was prescribed, how to take it, and by whom. */
export function medicineCard(view: PatientView): Html {
  const { hospital } = view
  return html`<section class="card" aria-labelledby="medicine">
<h2 id="medicine">处方内容</h2>
<ul class="medicines">${view.lines.map(medicine)}</ul>
<dl class="facts">
<div><dt>患者</dt><dd>${masked(view.patientName)}</dd></div>
<div><dt>诊断</dt><dd>${view.diagnoses.join('、')}</dd></div>
<div><dt>开方医师</dt><dd>${view.physicianName}（${view.departmentName}）</dd></div>
${view.signedByCentre === undefined ? undefined : html`<div><dt>签名</dt><dd>${view.signedByCentre}</dd></div>`}
<div><dt>开方医院</dt><dd>${hospital.name}${hospital.phone === undefined ? undefined : html`<br>${phoneLink(hospital.phone)}`}</dd></div>
<div><dt>开方时间</dt><dd>${momentWords(view.issuedAt)}</dd></div>
<div><dt>处方编号</dt><dd class="number">${view.prescriptionNo}</dd></div>
</dl>
</section>`
}

function medicine(line: PrescribedLine): Html {
  const use = [
    `每次 ${line.dose.amount} ${line.dose.unit}`,
    frequencyWords(line.frequency.name),
    line.route.name,
  ]
  return html`<li><p class="drug">${line.genericName}<span class="quantity">${line.quantity} ${line.unit}</span></p>
<p class="form">${line.form}　${line.specification}</p>
<p class="use"><span>用法</span>${use.join('，')}；共 ${line.days} 天（${dayWords(line.startsOn)}至${dayWords(line.endsOn)}）</p>
${takenWords(line)}</li>`
}

function takenWords(line: PrescribedLine): Html | undefined {
  if (line.dispensed === '0') return undefined
  if (line.remaining === '0') return html`<p class="form">已全部取走</p>`
  return html`<p class="form">已取 ${line.dispensed} ${line.unit}，还可取 ${line.remaining} ${line.unit}</p>`
}

/** A name that tells its owner and not the neighbour: only the first character. */
export function masked(name: string): string {
  const signs = [...name]
  return signs.length < 2 ? name : `${signs[0]}${'*'.repeat(Math.min(signs.length - 1, 3))}`
}
